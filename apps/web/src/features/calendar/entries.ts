/** Appointments as the grid shows them. */

import { titleOf } from "../../lib/appointments/names";
import type { Placed } from "./clash";
import type { Appointment } from "./readRange";
import type { Look } from "./useView";

export interface Entry extends Placed {
  readonly title: string;
  readonly appointment: Appointment;
}

export function entryOf(appointment: Appointment): Entry {
  return {
    id: appointment.id,
    title: titleOf(appointment),
    start: new Date(appointment.start),
    end: new Date(appointment.end),
    staffId: appointment.staffId,
    bufferBeforeMinutes: appointment.bufferBeforeMinutes,
    bufferAfterMinutes: appointment.bufferAfterMinutes,
    sessionId: appointment.sessionId,
    appointment,
  };
}

/** Those that the filters leave. */
export function filtered(all: readonly Appointment[], look: Pick<Look, "staff" | "service" | "status">): Appointment[] {
  return all.filter(
    (each) =>
      (look.staff.length === 0 || look.staff.includes(each.staffId)) &&
      (!look.service || each.serviceId === look.service) &&
      (!look.status || each.status === look.status),
  );
}

/** Whether it may still be moved. */
export function isMovable({ status }: Appointment): boolean {
  return status === "PENDING" || status === "CONFIRMED";
}
