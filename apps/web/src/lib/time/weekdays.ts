import { formatTag, type Locale } from "../i18n/words";

const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000; // milliseconds

/** The name of a day of the week, 1 is Monday. */
export function weekday(locale: Locale, day: number, style: "long" | "short" = "long"): string {
  const format = new Intl.DateTimeFormat(formatTag(locale), { weekday: style, timeZone: "UTC" });
  return format.format(new Date(A_MONDAY + (day - 1) * DAY));
}
