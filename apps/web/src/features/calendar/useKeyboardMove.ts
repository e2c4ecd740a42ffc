/** By keys: M or Space grabs, arrows move, Shift resizes, Enter drops, Escape puts back, each step is said; Y and N decide. */

import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useWords } from "../../lib/i18n/locale";
import type { StaffMember } from "../../lib/catalogue/staff";
import type { Decide } from "./decisions";
import { isMovable, type Entry } from "./entries";
import { calendarWords } from "./words";

const MINUTE = 60_000;

interface Moving {
  readonly staff: readonly StaffMember[];
  /** Minutes of one step. */
  readonly step: number;
  readonly describe: (entry: Entry) => string;
  readonly verdict: (entry: Entry) => string;
  readonly commit: (entry: Entry) => void;
  readonly open: (entry: Entry) => void;
  readonly decide: Decide;
}

export interface KeyboardMove {
  /** The one that is being moved, where it is now. */
  readonly grabbed: Entry | undefined;
  /** What a screen reader says. */
  readonly said: string;
  readonly onKey: (entry: Entry, event: KeyboardEvent) => void;
}

export function useKeyboardMove({ staff, step, describe, verdict, commit, open, decide }: Moving): KeyboardMove {
  const words = useWords(calendarWords);
  const [grab, setGrab] = useState<{ readonly from: Entry; readonly now: Entry }>();
  const [said, setSaid] = useState("");
  const focused = useRef<string>(undefined);

  // In another column the node is another one: the focus follows.
  useEffect(() => {
    if (focused.current) focusEntry(focused.current);
  }, [grab]);

  const onKey = useCallback(
    (entry: Entry, event: KeyboardEvent) => {
      const act = grab ? whileGrabbed(grab.now) : before();
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();

      function before(): (() => void) | undefined {
        const grabs = event.key === "m" || event.key === " ";
        if (!grabs || !isMovable(entry.appointment)) return atOnce(entry, event, open, decide);
        return () => {
          focused.current = entry.id;
          setGrab({ from: entry, now: entry });
          setSaid(words.grabbed(describe(entry)));
        };
      }

      function whileGrabbed(now: Entry): (() => void) | undefined {
        if (event.key === "Enter") return () => finish(words.dropped(describe(now)), now);
        if (event.key === "Escape") return () => finish(words.backAt(describe(grab?.from ?? now)));
        const next = moved(now, event, staff, step);
        if (!next) return undefined;
        return () => {
          setGrab({ from: grab?.from ?? now, now: next });
          setSaid(`${describe(next)}. ${verdict(next)}`);
        };
      }

      function finish(word: string, dropped?: Entry): void {
        setGrab(undefined);
        setSaid(word);
        if (dropped) commit(dropped);
      }
    },
    [grab, staff, step, describe, verdict, commit, open, decide, words],
  );
  return { grabbed: grab?.now, said, onKey };
}

export function focusEntry(id: string): void {
  document.querySelector(`[data-entry="${id}"]`)?.closest<HTMLElement>(".rbc-event")?.focus();
}

/** Opening, and deciding on what is pending. */
function atOnce(entry: Entry, event: KeyboardEvent, open: Moving["open"], { confirm, decline }: Decide) {
  if (event.key === "Enter") return () => open(entry);
  if (entry.appointment.status !== "PENDING" || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const decisions: Readonly<Record<string, Decide["confirm"]>> = { y: confirm, n: decline };
  const decision = decisions[event.key.toLowerCase()];
  return decision && (() => decision(entry.appointment));
}

/** Where a key takes it; undefined when it is no such key, or there is nothing there. */
function moved(now: Entry, event: KeyboardEvent, staff: readonly StaffMember[], step: number): Entry | undefined {
  switch (event.key) {
    case "ArrowUp":
      return shifted(now, -step, event.shiftKey);
    case "ArrowDown":
      return shifted(now, step, event.shiftKey);
    case "ArrowLeft":
      return beside(now, staff, isMirrored() ? 1 : -1);
    case "ArrowRight":
      return beside(now, staff, isMirrored() ? -1 : 1);
    default:
      return undefined;
  }
}

function shifted(now: Entry, minutes: number, isEndAlone: boolean): Entry | undefined {
  const later = (instant: Date) => new Date(instant.getTime() + minutes * MINUTE);
  const next = { ...now, start: isEndAlone ? now.start : later(now.start), end: later(now.end) };
  return next.end > next.start ? next : undefined;
}

function beside(now: Entry, staff: readonly StaffMember[], columns: 1 | -1): Entry | undefined {
  const member = staff[staff.findIndex(({ id }) => id === now.staffId) + columns];
  return member && { ...now, staffId: member.id };
}

function isMirrored(): boolean {
  return document.documentElement.dir === "rtl";
}
