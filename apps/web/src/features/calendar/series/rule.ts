/** How an appointment repeats, as it is chosen, and as a rule of RFC 5545. */

export const EVERY = ["never", "day", "week", "twoWeeks", "fourWeeks", "month"] as const;
export type Every = (typeof EVERY)[number];

export interface Repeat {
  readonly every: Every;
  /** Further days of the week, 1 is Monday; that of the first appointment is always one of them. */
  readonly days: readonly number[];
  readonly ends: "count" | "until";
  readonly count: number;
  /** The last date that it may be on. */
  readonly until: string;
}

export const NO_REPEAT: Repeat = { every: "never", days: [], ends: "count", count: 6, until: "" };

/** Of the API. */
export const MOST = 104;

const FREQUENCIES: Readonly<Record<Exclude<Every, "never">, string>> = {
  day: "FREQ=DAILY",
  week: "FREQ=WEEKLY",
  twoWeeks: "FREQ=WEEKLY;INTERVAL=2",
  fourWeeks: "FREQ=WEEKLY;INTERVAL=4",
  month: "FREQ=MONTHLY",
};
const NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** The rule for a first appointment on that date; undefined when it does not repeat, or does not say when it ends. */
export function ruleOf(repeat: Repeat, day: string): string | undefined {
  const { every, ends, count, until } = repeat;
  if (every === "never" || !isComplete(repeat, day)) return undefined;
  const end = ends === "count" ? `COUNT=${count}` : `UNTIL=${until.replaceAll("-", "")}`;
  const days = hasDays(every) ? `;BYDAY=${daysOf(repeat, day).join(",")}` : "";
  return `${FREQUENCIES[every]}${days};${end}`;
}

/** Whether it says when it ends, if it has to. */
export function isComplete({ every, ends, count, until }: Repeat, day: string): boolean {
  if (every === "never") return true;
  return ends === "count" ? Number.isInteger(count) && count > 1 && count <= MOST : until > day;
}

/** Whether it may be on several days of a week. */
export function hasDays(every: Every): boolean {
  return every === "week" || every === "twoWeeks";
}

/** 1 for a Monday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function daysOf({ days }: Repeat, day: string): readonly string[] {
  const all = new Set([...days, weekdayOf(day)]);
  return NAMES.filter((_, index) => all.has(index + 1));
}
