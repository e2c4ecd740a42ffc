/** Classes that are about to be made: once, or at the same time of several weeks. */

import { z } from "../../lib/forms/zod";
import { minutesOf } from "../../lib/hours/week";
import { addDays, at, type Zone } from "../../lib/time/zone";
import type { NewSession } from "./requests/planSessions";

export const SEATS = [1, 500] as const;
export const WEEKS = [1, 52] as const;

const said = z.string().check(z.minLength(1));

function whole([least, most]: readonly [number, number]) {
  return z.number().check(z.int(), z.minimum(least), z.maximum(most));
}

export const planSchema = z.object({
  serviceId: said,
  /** Empty: whoever is free. */
  staffId: z.string(),
  day: said,
  time: said,
  capacity: whole(SEATS),
  weeks: whole(WEEKS),
});

export type PlanForm = z.infer<typeof planSchema>;

/** With the service, where there is but one. */
export function newPlan(
  services: readonly { readonly id: string; readonly capacity: number }[],
  day: string,
): PlanForm {
  const [only] = services.length === 1 ? services : [];
  return { serviceId: only?.id ?? "", staffId: "", day, time: "10:00", capacity: only?.capacity ?? 10, weeks: 1 };
}

/** A class for each of the weeks, at the same time of the business's clock. */
export function classesOf({ serviceId, staffId, day, time, capacity, weeks }: PlanForm, zone: Zone): NewSession[] {
  return Array.from({ length: weeks }, (_, week) => ({
    serviceId,
    ...(staffId ? { staffId } : {}),
    start: at(zone, addDays(day, week * 7), minutesOf(time)).toISOString(),
    capacity,
  }));
}
