/** A closure as it is written: a name and two local dates, both inclusive. */

import { z } from "../../lib/forms/zod";

const date = z.string().check(z.minLength(1));

export const closureSchema = z
  .object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)), startDate: date, endDate: date })
  .check(z.refine(({ startDate, endDate }) => endDate >= startDate, { path: ["endDate"] }));

export type ClosureForm = z.infer<typeof closureSchema>;

export const NO_CLOSURE: ClosureForm = { name: "", startDate: "", endDate: "" };
