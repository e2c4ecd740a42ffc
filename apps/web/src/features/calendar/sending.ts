/** Sending a change of an appointment until it is answered, whatever becomes of the network meanwhile. */

import { isProblem, NO_ANSWER } from "../../lib/api/problem";
import { changeAppointment, type Changes } from "./changeAppointment";
import { readAppointment } from "./editor/readAppointment";
import type { Appointment } from "./readRange";

const WAIT = 5_000; // milliseconds

/** `waits` is called once if it has to be sent again. Throws Problem for every answer but success. */
export async function send(now: Appointment, changes: Changes, waits: () => void): Promise<Appointment> {
  for (let isAgain = false; ; isAgain = true) {
    try {
      return await (isAgain ? resent(now, changes) : changeAppointment(now.id, changes, now.revision));
    } catch (error) {
      if (!isProblem(error, NO_ANSWER)) throw error;
      if (!isAgain) waits();
    }
    await untilWorthATry();
  }
}

/** It may have been made already, and only its answer lost: then the appointment is as wanted, under a new revision. */
async function resent(now: Appointment, changes: Changes): Promise<Appointment> {
  try {
    return await changeAppointment(now.id, changes, now.revision);
  } catch (error) {
    const found = isProblem(error, "StaleRevision") ? await readAppointment(now.id) : undefined;
    if (found && isMade(changes, found)) return found;
    throw error;
  }
}

function isMade({ start, end, staffId, serviceId }: Changes, found: Appointment): boolean {
  const isAt = (wanted: string | null | undefined, is: string) => !wanted || Date.parse(wanted) === Date.parse(is);
  const isOf = (wanted: string | null | undefined, is: string) => !wanted || wanted === is;
  const isThere = isAt(start, found.start) && isAt(end, found.end);
  return isThere && isOf(staffId, found.staffId) && isOf(serviceId, found.serviceId);
}

/** As soon as the browser says that there is a network, and now and then. */
async function untilWorthATry(): Promise<void> {
  const listening = new AbortController();
  await new Promise<void>((resolve) => {
    window.addEventListener("online", () => resolve(), { signal: listening.signal });
    setTimeout(resolve, WAIT);
  });
  listening.abort();
}
