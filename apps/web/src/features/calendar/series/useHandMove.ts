import { useCallback, useEffect, useRef, useState } from "react";
import { useAhead } from "../ahead";
import { changesOf, shownAt, type Place } from "../place";
import type { Appointment } from "../readRange";
import { focusEntry } from "../useKeyboardMove";
import type { Move } from "../useMove";

export interface Dropped {
  readonly appointment: Appointment;
  readonly to: Place;
}

/** What is dragged, or moved by keys: of a series it is asked which ones are meant, and shown where it was dropped meanwhile. */
export function useHandMove(move: Move) {
  const [dropped, setDropped] = useState<Dropped>();
  const asked = useRef<string>(undefined);

  // In another column the node is another one, which the dialog cannot give the focus back to.
  useEffect(() => {
    if (!dropped && asked.current) focusEntry(asked.current);
    asked.current = dropped?.appointment.id;
  }, [dropped]);

  const drop = useCallback(
    (appointment: Appointment, to: Place) => {
      if (Object.keys(changesOf(appointment, to)).length === 0) return;
      if (!isOneOfMany(appointment)) void move(appointment, to);
      else {
        useAhead.getState().begin(shownAt(appointment, to));
        setDropped({ appointment, to });
      }
    },
    [move],
  );
  return { drop, dropped, onAnswered: useCallback(() => setDropped(undefined), []) };
}

/** Of those that are over, none is changed with others. */
function isOneOfMany({ seriesId, start }: Appointment): boolean {
  return Boolean(seriesId) && Date.parse(start) > Date.now();
}
