/** `PUT /api/appointments/{id}/status`. */

import { answer, api, type Shape } from "../api/client";

export type StatusChange = Pick<Shape<"StatusChange">, "status"> & Partial<Shape<"StatusChange">>;

export function setStatus(id: string, change: StatusChange): Promise<Shape<"AppointmentDetails">> {
  const body = change as Shape<"StatusChange">;
  return answer(
    api.PUT("/api/appointments/{appointment_id}/status", { params: { path: { appointment_id: id } }, body }),
  );
}
