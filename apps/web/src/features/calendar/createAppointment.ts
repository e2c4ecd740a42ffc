/** `POST /api/appointments`. */

import { answer, api, type Shape } from "../../lib/api/client";
import type { Appointment } from "./readRange";

export type NewAppointment = Omit<Shape<"NewAppointment">, "allow" | "notes" | "status"> &
  Partial<Pick<Shape<"NewAppointment">, "allow" | "notes" | "status">>;

/** `key`: the same for every try of the same appointment, so that it is booked once. */
export function createAppointment(body: NewAppointment, key: Record<string, string>): Promise<Appointment> {
  return answer(api.POST("/api/appointments", { body: body as Shape<"NewAppointment">, headers: key }));
}
