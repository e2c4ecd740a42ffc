/** The list of days as it is shown: those with times, and between them stretches without any, folded into one line. */

import type { Day, Slot, Slots } from "../api/types";
import { daysAfter, hourIn } from "./zones";

const NOON = 12;

export type PartOfDay = "all" | "morning" | "afternoon";

export type Section =
  | { readonly kind: "day"; readonly date: string; readonly slots: readonly Slot[] }
  /** Both dates included. */
  | { readonly kind: "nothing"; readonly from: string; readonly to: string };

/** The pages in one list. What was leapt over between two pages had nothing. */
export function sections(pages: readonly Slots[], part: PartOfDay): Section[] {
  const made: Section[] = [];
  let expected: string | undefined;
  for (const { timezone, days } of pages) {
    for (const day of days) {
      if (expected !== undefined && day.date > expected) fold(made, expected, daysAfter(day.date, -1));
      expected = daysAfter(day.date, 1);
      add(made, day, part, timezone);
    }
  }
  return made;
}

export function isIn(part: PartOfDay, slot: Slot, zone: string): boolean {
  if (part === "all") return true;
  return hourIn(new Date(slot.start), zone) < NOON === (part === "morning");
}

/** The earliest of all; undefined when there is none. */
export function firstOf(pages: readonly Slots[]): Slot | undefined {
  return pages.flatMap(({ days }) => days).find(({ slots }) => slots.length > 0)?.slots[0];
}

function add(made: Section[], day: Day, part: PartOfDay, zone: string): void {
  const slots = day.slots.filter((slot) => isIn(part, slot, zone));
  if (slots.length > 0) made.push({ kind: "day", date: day.date, slots });
  else fold(made, day.date, day.date);
}

function fold(made: Section[], from: string, to: string): void {
  const last = made.at(-1);
  if (last?.kind === "nothing") made[made.length - 1] = { ...last, to };
  else made.push({ kind: "nothing", from, to });
}
