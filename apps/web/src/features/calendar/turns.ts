/** Changes of one appointment are made one after the other: each is a change of what the one before has made. */

import type { Appointment } from "./readRange";

export interface Turn {
  /** As the server had it before, and as it is now. Rejects with what the change throws. */
  readonly made: Promise<{ readonly before: Appointment; readonly after: Appointment }>;
  /** Whether nothing else is to be made of it since. */
  readonly isLast: () => boolean;
}

/** By id: the appointment as the server has it once all of it is answered. */
const waiting = new Map<string, Promise<Appointment>>();

/** `change` begins when everything before it is answered. What was refused has changed nothing. */
export function takeTurn(appointment: Appointment, change: (now: Appointment) => Promise<Appointment>): Turn {
  const { id } = appointment;
  const before = waiting.get(id) ?? Promise.resolve(appointment);
  const made = before.then(async (now) => ({ before: now, after: await change(now) }));
  const settled = made.then(
    ({ after }) => after,
    () => before,
  );
  const isLast = () => (waiting.get(id) ?? settled) === settled;
  waiting.set(id, settled);
  void settled.then(() => isLast() && waiting.delete(id));
  return { made, isLast };
}
