/** Where an appointment is, and what has to change for it to be elsewhere. */

import type { Changes } from "./changeAppointment";
import type { Appointment } from "./readRange";

export interface Place {
  readonly start: Date;
  readonly end: Date;
  readonly staffId: string;
  /** Another one than it has. */
  readonly serviceId?: string;
}

export function placeOf({ start, end, staffId, serviceId }: Appointment): Place {
  return { start: new Date(start), end: new Date(end), staffId, serviceId };
}

/** Only what differs: what somebody else changed meanwhile is not to be written over. */
export function changesOf(appointment: Appointment, to: Place): Changes {
  const [start, end] = [to.start.getTime(), to.end.getTime()];
  const serviceId = to.serviceId === appointment.serviceId ? undefined : to.serviceId;
  const moves = start !== Date.parse(appointment.start) || end !== Date.parse(appointment.end);
  return {
    // Another service would bring its own length along.
    ...(moves || serviceId ? { start: to.start.toISOString(), end: to.end.toISOString() } : {}),
    ...(serviceId ? { serviceId } : {}),
    ...(to.staffId === appointment.staffId ? {} : { staffId: to.staffId }),
  };
}

/** What it looks like there before that is answered; the same when nothing differs. */
export function shownAt(appointment: Appointment, to: Place): Appointment {
  const { start, end, staffId, serviceId } = changesOf(appointment, to);
  return {
    ...appointment,
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...(staffId ? { staffId } : {}),
    ...(serviceId ? { serviceId } : {}),
  };
}
