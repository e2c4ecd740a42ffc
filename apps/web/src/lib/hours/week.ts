/** A week of working hours as somebody edits it: ranges of wall time by day, 1 is Monday. */

export interface Range {
  /** `HH:MM`. */
  readonly start: string;
  /** `HH:MM`, at the latest 24:00. */
  readonly end: string;
}

export type Day = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type Week = Readonly<Record<Day, readonly Range[]>>;

/** What a server calls a block; one with dates counts only on these. */
export interface Block extends Range {
  readonly dayOfWeek: number;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
}

/** `order`: ends before it starts, or at once. `overlap`: begins before the one above it has ended. */
export type RangeProblem = "order" | "overlap";

export const DAYS: readonly Day[] = [1, 2, 3, 4, 5, 6, 7];
export const CLOSED: Week = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
const DAY_MINUTES = 1440;

/** Minutes after midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** `HH:MM` of minutes after midnight, 24:00 at most. */
export function timeOf(minutes: number): string {
  const within = Math.max(0, Math.min(DAY_MINUTES, Math.round(minutes)));
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

/** The blocks that always count, by day and in order; those of some dates only are left to `datedBlocks`. */
export function weekOf(blocks: readonly Block[]): Week {
  const week: Record<Day, Range[]> = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  for (const block of blocks.filter((each) => !isDated(each))) {
    week[block.dayOfWeek as Day].push({ start: block.start, end: block.end });
  }
  for (const day of DAYS) week[day].sort((a, b) => minutesOf(a.start) - minutesOf(b.start));
  return week;
}

/** The blocks that count between dates only. The editor leaves them as they are. */
export function datedBlocks(blocks: readonly Block[]): Block[] {
  return blocks.filter(isDated);
}

export function blocksOf(week: Week): Block[] {
  return DAYS.flatMap((day) => week[day].map((range) => ({ dayOfWeek: day, start: range.start, end: range.end })));
}

/** What is wrong with each range of a day, in its order; undefined where nothing is. */
export function problemsOf(ranges: readonly Range[]): (RangeProblem | undefined)[] {
  return ranges.map((range, at) => {
    if (minutesOf(range.end) <= minutesOf(range.start)) return "order";
    const before = ranges.slice(0, at);
    return before.some((other) => meet(range, other)) ? "overlap" : undefined;
  });
}

export function isSound(week: Week): boolean {
  return DAYS.every((day) => problemsOf(week[day]).every((problem) => problem === undefined));
}

/** One more range after the last: an hour later, as long as it was, and still on that day; a working day when empty. */
export function withAnother(ranges: readonly Range[]): readonly Range[] {
  const last = ranges.at(-1);
  if (!last) return [{ start: "09:00", end: "17:00" }];
  const start = minutesOf(last.end) + 60;
  return start >= DAY_MINUTES ? ranges : [...ranges, { start: timeOf(start), end: timeOf(start + 180) }];
}

/** The same hours as a day has on other days. */
export function copied(week: Week, from: Day, to: readonly Day[]): Week {
  const changed = { ...week };
  for (const day of to) changed[day] = week[from];
  return changed;
}

export function totalMinutes(week: Week): number {
  const lengths = DAYS.flatMap((day) => week[day].map((range) => minutesOf(range.end) - minutesOf(range.start)));
  return lengths.reduce((sum, length) => sum + Math.max(0, length), 0);
}

/** From when to when a picture of it goes, in whole hours: all that is worked, and some of the day around it. */
export function shownHours(week: Week): { readonly from: number; readonly to: number } {
  const ranges = DAYS.flatMap((day) => week[day]);
  const starts = ranges.map((range) => Math.floor(minutesOf(range.start) / 60));
  const ends = ranges.map((range) => Math.ceil(minutesOf(range.end) / 60));
  return { from: Math.min(8, ...starts), to: Math.max(18, ...ends) };
}

function isDated(block: Block): boolean {
  return Boolean(block.validFrom) || Boolean(block.validTo);
}

function meet(one: Range, other: Range): boolean {
  return minutesOf(one.start) < minutesOf(other.end) && minutesOf(other.start) < minutesOf(one.end);
}
