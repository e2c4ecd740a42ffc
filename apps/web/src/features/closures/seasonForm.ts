/** A season as it is written: its week is edited beside this form. */

import { z } from "../../lib/forms/zod";
import { CLOSED, blocksOf, withAnother, type Week } from "../../lib/hours/week";
import type { Season } from "./requests/listSeasons";
import type { SeasonToSave } from "./requests/saveSeason";

const date = z.string().check(z.minLength(1));

export const seasonSchema = z
  .object({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    startDate: date,
    endDate: date,
    isEverybodys: z.boolean(),
    staffIds: z.array(z.string()),
  })
  .check(
    z.refine(({ startDate, endDate }) => endDate >= startDate, { path: ["endDate"] }),
    z.refine(({ isEverybodys, staffIds }) => isEverybodys || staffIds.length > 0, { path: ["staffIds"] }),
  );

export type SeasonForm = z.infer<typeof seasonSchema>;

export const NEW_SEASON: SeasonForm = { name: "", startDate: "", endDate: "", isEverybodys: true, staffIds: [] };

const workday = withAnother([]);
export const NEW_WEEK: Week = { ...CLOSED, 1: workday, 2: workday, 3: workday, 4: workday, 5: workday };

type Seen = Pick<Season, "name" | "startDate" | "endDate" | "staffIds">;

export function formOf({ name, startDate, endDate, staffIds }: Seen): SeasonForm {
  return { name, startDate, endDate, isEverybodys: staffIds === null, staffIds: staffIds ?? [] };
}

export function fieldsOf({ isEverybodys, staffIds, ...rest }: SeasonForm, week: Week): SeasonToSave["fields"] {
  return { ...rest, staffIds: isEverybodys ? null : staffIds, blocks: blocksOf(week) };
}
