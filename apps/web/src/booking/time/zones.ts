/** Dates and hours of an instant in a named zone, whatever zone the browser is in. */

const DAY = 86_400_000; // milliseconds

/** `YYYY-MM-DD` there. */
export function dateIn(instant: Date, zone: string): string {
  const { year, month, day } = partsIn(instant, zone);
  return `${year}-${month}-${day}`;
}

/** 0 to 23, there. */
export function hourIn(instant: Date, zone: string): number {
  return Number(partsIn(instant, zone)["hour"]);
}

/** Whether clocks in the two zones show different times at that instant. */
export function differ(instant: Date, one: string, other: string): boolean {
  return wallTime(instant, one) !== wallTime(instant, other);
}

/** Whether they do within a year from then: clocks are not changed everywhere, nor on the same day. */
export function everDiffer(from: Date, one: string, other: string): boolean {
  if (one === other) return false;
  const months = Array.from({ length: 13 }, (_, month) => new Date(from.getTime() + month * 30 * DAY));
  return months.some((instant) => differ(instant, one, other));
}

/** So many days later by the calendar. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The browser's own zone, by its IANA name. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The city in a zone's name: "New York" of `America/New_York`. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(instant: Date, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

function wallTime(instant: Date, zone: string): string {
  const { hour, minute } = partsIn(instant, zone);
  return `${dateIn(instant, zone)} ${hour}:${minute}`;
}

/** The first instant of a local date there. */
export function startOf(date: string, zone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  let found = wanted;
  for (let tries = 0; tries < 2; tries += 1) {
    const { year, month, day, hour, minute } = partsIn(new Date(found), zone);
    found += wanted - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  }
  return new Date(found);
}
