/** The events that an endpoint can be told of: docs/reference/api/webhooks.md. */

export const EVENTS = [
  "appointment.created",
  "appointment.updated",
  "appointment.deleted",
  "waiting_list.offered",
  "payment.succeeded",
  "payment.failed",
  "payment.refunded",
  "customer.erased",
  "message.failed",
  "business.changed",
  "staff.changed",
] as const;
