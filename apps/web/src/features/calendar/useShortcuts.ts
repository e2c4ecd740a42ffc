/** Keys of the calendar. Those of an appointment that has the focus are in `useKeyboardMove`. */

import { useCallback } from "react";
import { isIn, useKeyPresses } from "../../lib/keys/listen";
import { useBusinessZone } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { useUndos } from "./undo";
import type { Look, View } from "./useView";
import { stepped } from "./visible";
import { useZoom } from "./zoom";

const VIEW_KEYS: Readonly<Record<string, View>> = { d: "day", w: "week", m: "month", a: "agenda" };

interface Shortcuts {
  readonly look: Look;
  readonly change: (changed: Partial<Look>) => void;
  readonly onNew: () => void;
}

export function useShortcuts({ look, change, onNew }: Shortcuts): void {
  const zone = useBusinessZone();
  const single = useCallback(
    (event: KeyboardEvent): (() => void) | undefined => {
      const key = event.key.toLowerCase();
      const view = VIEW_KEYS[key];
      if (view) return () => change({ view });
      const others: Readonly<Record<string, () => void>> = {
        t: () => change({ day: dayOf(zone, new Date()) }),
        j: () => change({ day: stepped(look, 1) }),
        k: () => change({ day: stepped(look, -1) }),
        c: onNew,
        "+": () => useZoom.getState().by(1),
        "-": () => useZoom.getState().by(-1),
      };
      return others[key];
    },
    [look, change, onNew, zone],
  );
  useKeyPresses(single, undoOf);
}

/** In a text it takes back what was typed. */
function undoOf(event: KeyboardEvent): (() => void) | undefined {
  if (event.key.toLowerCase() !== "z" || event.shiftKey || isIn(event, "input, textarea, [contenteditable]"))
    return undefined;
  return () => useUndos.getState().undo();
}
