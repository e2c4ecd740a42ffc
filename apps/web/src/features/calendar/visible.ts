/** Which days a look has, and what is read for it. */

import type { Range } from "../../lib/live/cachedRange";
import { floorWall } from "../../lib/time/wall";
import { addDays, at, type Zone } from "../../lib/time/zone";
import type { Look, View } from "./useView";

const LENGTHS: Record<Exclude<View, "month">, number> = { day: 1, week: 7, agenda: 7 };

/** First day, and the first that is not seen any more. */
export function daysOf({ view, day }: Pick<Look, "view" | "day">): readonly [string, string] {
  if (view === "month") {
    const first = floored(floored(day, "month"), "week");
    const month = floored(addDays(floored(day, "month"), 32), "month");
    return [first, addDays(floored(addDays(month, -1), "week"), 7)];
  }
  const first = view === "week" ? floored(day, "week") : day;
  return [first, addDays(first, LENGTHS[view])];
}

/** What is read: a whole week at least, so that days can be looked through without waiting. */
export function rangeOf(zone: Zone, look: Pick<Look, "view" | "day">): Range {
  const [first, end] = daysOf(look);
  const [from, to] =
    look.view === "month" ? [first, end] : [floored(first, "week"), addDays(floored(addDays(end, -1), "week"), 7)];
  return { start: at(zone, from), end: at(zone, to) };
}

/** The day to go to: by one view forward (1) or back (-1). */
export function stepped({ view, day }: Pick<Look, "view" | "day">, step: 1 | -1): string {
  if (view === "month") return floored(addDays(floored(day, "month"), step === 1 ? 32 : -1), "month");
  return addDays(day, step * LENGTHS[view]);
}

function floored(day: string, unit: "month" | "week"): string {
  return new Date(floorWall(Date.parse(`${day}T00:00:00Z`), unit)).toISOString().slice(0, 10);
}
