/** Which times of a series cannot be had, as the server says it. */

import type { Shape } from "../../../lib/api/client";
import { isProblem } from "../../../lib/api/problem";

export type Refusal = Shape<"Skipped">;

/** Empty when something else is wrong. */
export function refusedOf(error: unknown): readonly Refusal[] {
  if (!isProblem(error, "SlotTaken", "NotBookable")) return [];
  const conflicts = error.body["conflicts"] as readonly (Refusal | { readonly conflicts?: undefined })[] | undefined;
  return (conflicts ?? []).filter((each): each is Refusal => each.conflicts !== undefined);
}
