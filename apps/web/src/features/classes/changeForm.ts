/** A class as it is changed: when it is, who gives it, and how many seats it has. */

import { z } from "../../lib/forms/zod";
import { minutesOf } from "../../lib/hours/week";
import { at, type Zone } from "../../lib/time/zone";
import { planSchema } from "./planForm";
import type { SessionToChange } from "./requests/changeSession";
import type { SessionWithSeats } from "./requests/readSession";

export const changeSchema = z.pick(planSchema, { day: true, time: true, staffId: true, capacity: true });

export type ChangeForm = z.infer<typeof changeSchema>;

/** Only what differs: what somebody else changed meanwhile is not to be written over. */
export function changesOf(form: ChangeForm, seen: SessionWithSeats, zone: Zone): SessionToChange["changes"] {
  const start = at(zone, form.day, minutesOf(form.time));
  return {
    ...(start.getTime() === Date.parse(seen.start) ? {} : { start: start.toISOString() }),
    ...(form.staffId === seen.staffId ? {} : { staffId: form.staffId }),
    ...(form.capacity === seen.capacity ? {} : { capacity: form.capacity }),
  };
}
