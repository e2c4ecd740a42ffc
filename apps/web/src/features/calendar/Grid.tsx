import { useCallback, useContext, useMemo } from "react";
import { titleOf } from "../../lib/appointments/names";
import type { OpenStaff } from "../../lib/catalogue/openTime";
import type { StaffMember } from "../../lib/catalogue/staff";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { clashOf } from "./clash";
import { Decisions } from "./decisions";
import type { Draft } from "./editor/NewAppointment";
import { entryOf, type Entry } from "./entries";
import { KnownTimes } from "./Known";
import type { Place } from "./place";
import type { Appointment } from "./readRange";
import { hoursShown } from "./shading";
import { StaffCalendar } from "./StaffCalendar";
import { useKeyboardMove } from "./useKeyboardMove";
import type { Look } from "./useView";
import { calendarWords } from "./words";
import { useLevel } from "./zoom";

const NOTHING: readonly OpenStaff[] = [];

export interface GridProps {
  readonly view: "day" | "week" | "month";
  readonly look: Look;
  readonly change: (changed: Partial<Look>) => void;
  readonly columns: readonly StaffMember[];
  readonly appointments: readonly Appointment[];
  readonly open: readonly OpenStaff[] | undefined;
  readonly move: (appointment: Appointment, to: Place) => void;
  readonly onOpen: (id: string) => void;
  readonly onNew: (draft: Draft) => void;
}

/** The grid with everything that can be done in it. */
export function Grid({ view, look, change, columns, appointments, open, move, onOpen, onNew }: GridProps) {
  const zone = useBusinessZone();
  const { step } = useLevel();
  const entries = useMemo(() => appointments.map(entryOf), [appointments]);
  const hours = useMemo(() => hoursShown(zone, open ?? NOTHING, appointments), [zone, open, appointments]);
  const onMove = useCallback((entry: Entry, to: Place) => move(entry.appointment, to), [move]);
  const keyboard = useKeyboardMove({
    staff: columns,
    step,
    commit: useCallback((entry: Entry) => onMove(entry, entry), [onMove]),
    open: useCallback((entry: Entry) => onOpen(entry.id), [onOpen]),
    decide: useContext(Decisions),
    ...useSpoken(columns),
  });
  const { grabbed, said } = keyboard;
  const shown = useMemo(
    () => (grabbed ? entries.map((entry) => (entry.id === grabbed.id ? grabbed : entry)) : entries),
    [entries, grabbed],
  );
  return (
    <>
      <StaffCalendar
        {...{ view, hours, keyboard, onMove, onOpen }}
        day={look.day}
        staff={columns}
        entries={shown}
        open={open ?? NOTHING}
        onChoose={useCallback((start: Date, _end: Date, staffId?: string) => onNew({ start, staffId }), [onNew])}
        onDay={useCallback((day: string) => change({ day, view: "day" }), [change])}
      />
      <div className="visually-hidden" role="alert">
        {said}
      </div>
    </>
  );
}

/** What is said of an entry while it is moved. */
function useSpoken(columns: readonly StaffMember[]) {
  const words = useWords(calendarWords);
  const formats = useFormats();
  const { appointments, open } = useContext(KnownTimes);
  const describe = useCallback(
    (entry: Entry) =>
      words.place(
        titleOf(entry.appointment),
        formats.timeRange(entry.start, entry.end),
        columns.find(({ id }) => id === entry.staffId)?.name ?? entry.appointment.staffName,
      ),
    [words, formats, columns],
  );
  const verdict = useCallback(
    (entry: Entry) => {
      const clash = clashOf(entry, appointments, open);
      if (!clash) return words.free;
      return clash.kind === "busy" ? words.overlaps(titleOf(clash.with)) : words.closed;
    },
    [words, appointments, open],
  );
  return { describe, verdict };
}
