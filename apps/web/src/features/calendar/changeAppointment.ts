/** `PUT /api/appointments/{id}`. */

import { answer, api, type Shape } from "../../lib/api/client";
import type { Appointment } from "./readRange";

export type Changes = Partial<Shape<"AppointmentChanges">>;

/** `revision`: of what the person saw. Somebody else's change meanwhile is `StaleRevision`. */
export function changeAppointment(id: string, changes: Changes, revision?: number): Promise<Appointment> {
  return answer(
    api.PUT("/api/appointments/{appointment_id}", {
      params: {
        path: { appointment_id: id },
        ...(revision === undefined ? {} : { header: { "if-match": `"${revision}"` } }),
      },
      body: changes as Shape<"AppointmentChanges">,
    }),
  );
}
