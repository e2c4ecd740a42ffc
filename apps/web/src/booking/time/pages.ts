/** Which dates are asked for next. */

import type { Slots } from "../api/types";
import { daysAfter } from "./zones";

/** The first date of the next page; undefined when nothing later can be booked. */
export function nextPage(last: Slots, until: string): string | undefined {
  const end = last.days.at(-1)?.date;
  if (end === undefined) return undefined;
  const isEmpty = last.days.every(({ slots }) => slots.length === 0);
  if (isEmpty && last.nextAvailable === null) return undefined;
  const next = isEmpty && last.nextAvailable !== null ? last.nextAvailable : daysAfter(end, 1);
  return next <= until ? next : undefined;
}
