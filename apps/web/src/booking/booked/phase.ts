import type { Managed } from "../api/types";

/** What a booking waits for from its guest. */
export type Phase = "code" | "pay" | "done";

export function phaseOf({ verification, payment }: Managed): Phase {
  if (verification) return "code";
  return payment ? "pay" : "done";
}

export type State = "booked" | "requested" | "cancelled" | "over" | "noShow";

const STATES: Readonly<Record<string, State>> = {
  PENDING: "requested",
  CONFIRMED: "booked",
  CANCELLED: "cancelled",
  COMPLETED: "over",
  NO_SHOW: "noShow",
};

/** What has become of it. */
export function stateOf({ appointment }: Managed): State {
  return STATES[appointment.status] ?? "over";
}
