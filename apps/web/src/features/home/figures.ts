/** What the charts of the day's screen are drawn of. */

import type { Share } from "../../components/charts/Shares";
import type { OpenStaff } from "../../lib/catalogue/openTime";
import { addDays } from "../../lib/time/zone";
import type { Report } from "./requests/readReport";

const MINUTE = 60_000; // milliseconds

/** The dates up to a day, that one included. */
export function daysUntil(day: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => addDays(day, at + 1 - count));
}

/** A number for each of the dates, nought where there is none. */
export function perDay<Of extends { readonly date: string }>(
  dates: readonly string[],
  found: readonly Of[],
  value: (one: Of) => number,
): number[] {
  const known = new Map<string, number>();
  for (const one of found) known.set(one.date, (known.get(one.date) ?? 0) + value(one));
  return dates.map((date) => known.get(date) ?? 0);
}

export interface Occupied extends Pick<Share, "id" | "name" | "share"> {
  /** Minutes. */
  readonly booked: number;
  readonly open: number;
}

/** How much of the time in which each works was booked. Who has neither is left out. */
export function occupancy(
  staff: readonly { readonly id: string; readonly name: string }[],
  open: readonly OpenStaff[],
  report: Report,
): Occupied[] {
  const names = new Map(report.staff.map(({ staffId, staffName }) => [staffId, staffName]));
  for (const { id, name } of staff) names.set(id, name);
  const booked = new Map(report.staff.map(({ staffId, bookedMinutes }) => [staffId, bookedMinutes]));
  const working = new Map(open.map(({ staffId, intervals }) => [staffId, minutesOf(intervals)]));
  return Array.from(names, ([id, name]) => {
    const [taken, has] = [booked.get(id) ?? 0, working.get(id) ?? 0];
    return { id, name, booked: taken, open: has, share: has > 0 ? taken / has : undefined };
  }).filter((one) => one.booked > 0 || one.open > 0);
}

function minutesOf(intervals: OpenStaff["intervals"]): number {
  return intervals.reduce((sum, { start, end }) => sum + (Date.parse(end) - Date.parse(start)) / MINUTE, 0);
}
