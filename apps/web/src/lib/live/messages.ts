/** What the live calendar says on its socket. */

/** The part of an appointment that decides where it is shown; the rest is passed on as it came. Times are RFC 3339. */
export interface Appointment {
  readonly id: string;
  readonly revision: number;
  readonly start: string;
  readonly end: string;
  readonly status: string;
}

/** The first message of a connection: all that is told later has a higher number. */
export interface Hello {
  readonly type: "hello";
  readonly sequence: number;
}

interface Numbered {
  /** Rises by one per message of a connection. */
  readonly sequence: number;
  readonly revision: number;
}

export interface AppointmentShown extends Numbered {
  readonly type: "appointment.created" | "appointment.updated";
  readonly data: Appointment;
}

export interface AppointmentDeleted extends Numbered {
  readonly type: "appointment.deleted";
  readonly data: { readonly id: string };
}

/** What does not change which appointments there are. */
export interface OtherChange extends Numbered {
  readonly type:
    | "appointment.conflicted"
    | "business.changed"
    | "hours.changed"
    | "message.failed"
    | "resource.changed"
    | "service.changed"
    | "staff.changed"
    | "time_off.added"
    | "time_off.removed"
    | "time_off.updated";
  readonly data: Readonly<Record<string, unknown>>;
}

export type Message = AppointmentShown | AppointmentDeleted | OtherChange;

/** A frame as text. A type that is not known yet is read like any other: it has its number. Throws SyntaxError. */
export function parsed(frame: string): Hello | Message {
  const read: unknown = JSON.parse(frame);
  if (typeof read !== "object" || read === null || !("sequence" in read) || typeof read.sequence !== "number") {
    throw new SyntaxError("a frame of the live calendar has a number");
  }
  return read as Hello | Message;
}
