/** `GET /api/appointments`: what overlaps a range, but the cancelled ones, by start. */

import { answer, api, type Shape } from "../../lib/api/client";
import type { Range } from "../../lib/live/cachedRange";

export type Appointment = Shape<"AppointmentDetails">;
export type Status = Shape<"Status">;

export async function readRange(range: Range): Promise<Appointment[]> {
  const query = { rangeStart: range.start.toISOString(), rangeEnd: range.end.toISOString() };
  return (await answer(api.GET("/api/appointments", { params: { query } }))).items;
}
