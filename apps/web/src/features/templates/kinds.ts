/** Who is told what, in the order in which it happens. */

import type { Shape } from "../../lib/api/client";

export const CHANNELS = ["email", "sms", "whatsapp"] as const satisfies readonly Shape<"Channel">[];

export const FOR_GUESTS = [
  "booked",
  "confirmed",
  "reminder",
  "rescheduled",
  "cancelled",
  "expired",
  "waitingListOffer",
  "depositPaid",
  "depositFailed",
  "depositRefunded",
  "verificationCode",
] as const satisfies readonly Shape<"Kind">[];

export const FOR_YOU = [
  "staffBooked",
  "staffRescheduled",
  "staffCancelled",
  "staffPaymentFailed",
  "invitation",
  "webhookOff",
] as const satisfies readonly Shape<"Kind">[];
