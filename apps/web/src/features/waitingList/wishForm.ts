/** A wish as it is written: any time of a service that starts on some dates of the business. */

import { z } from "../../lib/forms/zod";
import { addDays, at, type Zone } from "../../lib/time/zone";

const said = z.string().check(z.minLength(1));

export const wishSchema = z
  .object({
    serviceId: said,
    /** Empty: anybody. */
    staffId: z.string(),
    first: said,
    last: said,
  })
  .check(z.refine(({ first, last }) => last >= first, { path: ["last"] }));

export type WishForm = z.infer<typeof wishSchema>;

/** From the first midnight to the one after the last date. */
export function wishOf({ serviceId, staffId, first, last }: WishForm, zone: Zone) {
  return {
    serviceId,
    ...(staffId ? { staffId } : {}),
    from: at(zone, first).toISOString(),
    to: at(zone, addDays(last, 1)).toISOString(),
  };
}
