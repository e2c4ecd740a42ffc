/** `POST /api/appointments/{id}/check`: whether a change could be made, and what else could be. Writes nothing. */

import { answer, api, type Shape } from "../../lib/api/client";
import type { Changes } from "./changeAppointment";

export type Checked = Shape<"Checked">;

export function checkChange(id: string, changes: Changes): Promise<Checked> {
  return answer(
    api.POST("/api/appointments/{appointment_id}/check", {
      params: { path: { appointment_id: id } },
      body: changes as Shape<"AppointmentChanges">,
    }),
  );
}
