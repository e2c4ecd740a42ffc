/** The steps of a booking: which there are, what each needs, and what is chosen where there is no choice. */

import type { Service } from "../api/types";

export type Step = "service" | "staff" | "time" | "details" | "booked";

/** What was chosen so far. `staffId` null: anyone. `start`: RFC 3339. */
export interface Choices {
  readonly serviceId: string | undefined;
  readonly staffId: string | null | undefined;
  readonly start: string | undefined;
}

export const NOTHING: Choices = { serviceId: undefined, staffId: undefined, start: undefined };

/** The choices without what is not offered (any more), and with what leaves no choice. */
export function settled(choices: Choices, services: readonly Service[]): Choices {
  const only = services.length === 1 ? services[0] : undefined;
  const service = only ?? services.find(({ id }) => id === choices.serviceId);
  if (!service) return NOTHING;
  const staffId = staffOf(service, choices.staffId);
  const start = staffId === undefined ? undefined : choices.start;
  return { serviceId: service.id, staffId, start };
}

/** The choices without a time that is past. */
export function stillAhead(choices: Choices, now = Date.now()): Choices {
  const isPast = choices.start !== undefined && Date.parse(choices.start) <= now;
  return isPast ? { ...choices, start: undefined } : choices;
}

/** The steps at which there is something to do, for these choices. */
export function stepsWith(choices: Choices, services: readonly Service[]): Step[] {
  const service = services.find(({ id }) => id === choices.serviceId);
  return [
    ...(services.length === 1 ? [] : (["service"] as const)),
    ...(service && service.staff.length <= 1 ? [] : (["staff"] as const)),
    "time",
    "details",
  ];
}

/** The wanted step, or the first one before it that still has to be done. */
export function reachable(wanted: Step, choices: Choices, services: readonly Service[]): Step {
  if (wanted === "booked") return wanted;
  const steps = stepsWith(choices, services);
  const first = steps.find((step) => !isDone(step, choices)) ?? "details";
  const at = steps.indexOf(wanted);
  return at === -1 ? first : (steps[Math.min(at, steps.indexOf(first))] ?? first);
}

/** The first step that still has to be done. */
export function following(choices: Choices, services: readonly Service[]): Step {
  return reachable("details", choices, services);
}

/** The step before this one; undefined at the first. */
export function before(step: Step, choices: Choices, services: readonly Service[]): Step | undefined {
  const steps = stepsWith(choices, services);
  return steps[steps.indexOf(step) - 1];
}

function staffOf(service: Service, wanted: string | null | undefined): string | null | undefined {
  const [only, ...others] = service.staff;
  if (others.length === 0) return only ? only.id : null;
  const isKnown = wanted === null || service.staff.some(({ id }) => id === wanted);
  return isKnown ? wanted : undefined;
}

function isDone(step: Step, choices: Choices): boolean {
  switch (step) {
    case "service":
      return choices.serviceId !== undefined;
    case "staff":
      return choices.staffId !== undefined;
    case "time":
      return choices.start !== undefined;
    default:
      return false;
  }
}
