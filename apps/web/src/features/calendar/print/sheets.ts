/** What is on paper: appointments in groups. */

import type { Zone } from "../../../lib/time/zone";
import { addDays, dayOf } from "../../../lib/time/zone";
import type { Appointment } from "../readRange";
import type { Look } from "../useView";
import { daysOf } from "../visible";

/** The dates that are looked at. */
export function datesOf(look: Pick<Look, "view" | "day">): readonly string[] {
  const [first, end] = daysOf(look);
  const dates: string[] = [];
  for (let date = first; date < end; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** Those that begin on a date, by that; every date has some or none. */
export function byDate(
  all: readonly Appointment[],
  dates: readonly string[],
  zone: Zone,
): ReadonlyMap<string, readonly Appointment[]> {
  const found = Map.groupBy(all, ({ start }) => dayOf(zone, new Date(start)));
  return new Map(dates.map((date) => [date, found.get(date) ?? []]));
}
