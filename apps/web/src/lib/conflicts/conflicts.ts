/** Why a time cannot be had, as problems tell it. */

import type { Shape } from "../api/client";
import { isProblem } from "../api/problem";
import type { Locale } from "../i18n/words";
import type { Formats } from "../time/format";
import { conflictWords } from "./words";

export type Conflict = Shape<"ConflictDetails">;

/** Rules that an owner may knowingly pass by. */
export const ALLOWABLE = ["outsideHours", "timeOff"] as const satisfies readonly Conflict["kind"][];

/** Of a time that was refused; none of any other error. */
export function conflictsOf(error: unknown): readonly Conflict[] {
  if (!isProblem(error, "SlotTaken", "NotBookable")) return [];
  return (error.body["conflicts"] as readonly Conflict[] | undefined) ?? [];
}

/** Whether the time can be had all the same, when these rules are passed by. */
export function isAllowable(conflicts: readonly Conflict[]): boolean {
  return conflicts.length > 0 && conflicts.every(({ kind }) => ALLOWABLE.some((each) => each === kind));
}

/** `That time is taken: 10:00 – 10:30.` A kind that is new to us says that it is taken. */
export function sentence(conflict: Conflict, formats: Formats, locale: Locale): string {
  const words: Readonly<Record<string, string>> = conflictWords[locale];
  const word = words[conflict.kind] ?? conflictWords[locale].taken;
  if (!conflict.start || !conflict.end) return word;
  return `${word} (${formats.timeRange(new Date(conflict.start), new Date(conflict.end))})`;
}
