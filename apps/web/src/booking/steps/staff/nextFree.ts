/** When somebody is free next. */

import type { Slots } from "../../api/types";

/** By staff id, and of anybody under null: the earliest start that was read, if there is one. */
export function nextFree(slots: Slots): Map<string | null, string> {
  const found = new Map<string | null, string>();
  for (const { start, staffIds } of slots.days.flatMap((day) => day.slots)) {
    for (const id of [null, ...(staffIds ?? [])]) if (!found.has(id)) found.set(id, start);
  }
  return found;
}
