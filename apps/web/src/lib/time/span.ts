import type { Formats } from "./format";
import { dayOf, type Zone } from "./zone";

/** From and to, saying the day once where it is the same. */
export function spanText(start: Date, end: Date, zone: Zone, formats: Formats): string {
  const isOneDay = dayOf(zone, start) === dayOf(zone, end);
  return `${formats.moment(start)} – ${isOneDay ? formats.time(end) : formats.moment(end)}`;
}
