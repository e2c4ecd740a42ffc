/** Times, dates and money in words: of a zone and in a language. */

import { formatTag, type Locale } from "../i18n/words";
import { dayOf, zoneOf } from "./zone";

const DAY = 86_400_000; // milliseconds

export interface Money {
  /** In minor units of ISO 4217. */
  readonly amount: number;
  readonly currency: string;
}

export interface Formats {
  /** `09:30` */
  readonly time: (instant: Date) => string;
  /** `09:30–10:15`; when clocks change meanwhile `02:15 CEST – 02:15 CET` */
  readonly timeRange: (start: Date, end: Date) => string;
  /** `Tue 1 Dec` */
  readonly day: (instant: Date) => string;
  /** `Tuesday 1 December 2026` */
  readonly longDay: (instant: Date) => string;
  /** `December 2026` */
  readonly month: (instant: Date) => string;
  /** `1 – 7 Dec 2026` */
  readonly dayRange: (start: Date, end: Date) => string;
  /** `Tue 1 Dec, 09:30` */
  readonly moment: (instant: Date) => string;
}

const kept = new Map<string, Formats>();

export function formatsOf(zone: string, locale: Locale): Formats {
  const key = `${zone} ${locale}`;
  const known = kept.get(key);
  if (known) return known;
  const made = makeFormats(zone, formatTag(locale));
  kept.set(key, made);
  return made;
}

function makeFormats(timeZone: string, tag: string): Formats {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { timeZone, ...options });
  const time = of({ hour: "numeric", minute: "2-digit" });
  const day = of({ weekday: "short", day: "numeric", month: "short" });
  const longDay = of({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const month = of({ month: "long", year: "numeric" });
  const shortDay = of({ day: "numeric", month: "short", year: "numeric" });
  return {
    time: (instant) => time.format(instant),
    timeRange: rangesOf(timeZone, time, of({ hour: "numeric", minute: "2-digit", timeZoneName: "short" })),
    day: (instant) => day.format(instant),
    longDay: (instant) => longDay.format(instant),
    month: (instant) => month.format(instant),
    dayRange: (start, end) => shortDay.formatRange(start, end),
    moment: (instant) => `${day.format(instant)}, ${time.format(instant)}`,
  };
}

/** `formatRange` says the dates of what goes over midnight, and nothing of an hour that there is twice. */
function rangesOf(timeZone: string, time: Intl.DateTimeFormat, named: Intl.DateTimeFormat): Formats["timeRange"] {
  const zone = zoneOf(timeZone);
  return (start, end) => {
    const isShort = end.getTime() - start.getTime() < DAY;
    if (isShort && zone.offset(start) !== zone.offset(end)) return `${named.format(start)} – ${named.format(end)}`;
    if (isShort && dayOf(zone, start) !== dayOf(zone, end)) return `${time.format(start)} – ${time.format(end)}`;
    return time.formatRange(start, end);
  };
}

export function money({ amount, currency }: Money, locale: Locale): string {
  const format = new Intl.NumberFormat(formatTag(locale), { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** `1 h 30 min` */
export function duration(minutes: number, locale: Locale): string {
  const of = (count: number, unit: string) =>
    new Intl.NumberFormat(formatTag(locale), { style: "unit", unit, unitDisplay: "short" }).format(count);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? of(hours, "hour") : "", rest > 0 || hours === 0 ? of(rest, "minute") : ""].join(" ").trim();
}
