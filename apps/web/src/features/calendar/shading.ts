/** Which times of the grid are shown as closed, and how much of a day is shown at all. */

import type { OpenStaff } from "../../lib/catalogue/openTime";
import { at, minutesOf, type Zone } from "../../lib/time/zone";
import { isOpen } from "./clash";
import type { Appointment } from "./readRange";

const MINUTE = 60_000;
const HOUR = 60;
const DAY = 1440;

/** For one column, or for everybody's where there are none. */
export function isClosed(open: readonly OpenStaff[], instant: Date, step: number, staffId?: string): boolean {
  const [from, to] = [instant.getTime(), instant.getTime() + step * MINUTE];
  const staff = staffId === undefined ? open.map((each) => each.staffId) : [staffId];
  return !staff.some((id) => isOpen(open, id, from, to));
}

/** First and last minute of the clock that are shown: working hours and appointments with an hour around, 8 to 18 at least. */
export function hoursShown(
  zone: Zone,
  open: readonly OpenStaff[],
  appointments: readonly Appointment[],
): readonly [number, number] {
  let [first, last] = [8 * HOUR, 18 * HOUR];
  const include = (start: string, end: string) => {
    const [from, to] = [new Date(start), new Date(end)];
    const length = Math.round((to.getTime() - from.getTime()) / MINUTE);
    const begins = minutesOf(zone, from);
    first = Math.min(first, begins);
    last = Math.max(last, begins + length);
    if (begins + length > DAY) first = 0; // it goes on after midnight
  };
  for (const { intervals } of open) for (const { start, end } of intervals) include(start, end);
  for (const { start, end } of appointments) include(start, end);
  const [from, to] = [Math.floor(first / HOUR - 1) * HOUR, Math.ceil(last / HOUR + 1) * HOUR];
  return [Math.max(from, 0), Math.min(to, DAY)];
}

/** The last moment of a day's grid: midnight itself would be the next day's. */
export function endOfGrid(zone: Zone, day: string, minutes: number): Date {
  return minutes >= DAY ? new Date(at(zone, day, DAY).getTime() - MINUTE) : at(zone, day, minutes);
}
