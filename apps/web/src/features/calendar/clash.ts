/** What would be in the way of an appointment, as far as this browser knows: the server decides. */

import type { OpenStaff } from "../../lib/catalogue/openTime";
import type { Appointment } from "./readRange";

const MINUTE = 60_000;

export interface Placed {
  readonly id: string;
  readonly staffId: string;
  readonly start: Date;
  readonly end: Date;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** Seats of one session are at the same time on purpose. */
  readonly sessionId?: string | null | undefined;
}

export type Clash =
  { readonly kind: "busy"; readonly with: Appointment } | { readonly kind: "closed"; readonly with?: undefined };

/** Two appointments of one person clash when one's time with its buffers meets the other's; touching is no clash. */
export function clashOf(
  placed: Placed,
  others: readonly Appointment[],
  open: readonly OpenStaff[] | undefined,
): Clash | undefined {
  const [from, to] = taken(placed.start, placed.end, placed);
  const busy = others.find((other) => {
    if (other.id === placed.id || other.staffId !== placed.staffId || isSameSession(other, placed)) return false;
    const [otherFrom, otherTo] = taken(new Date(other.start), new Date(other.end), other);
    return otherFrom < to && otherTo > from;
  });
  if (busy) return { kind: "busy", with: busy };
  return open && !isOpen(open, placed.staffId, from, to) ? { kind: "closed" } : undefined;
}

function taken(start: Date, end: Date, buffers: Pick<Placed, "bufferBeforeMinutes" | "bufferAfterMinutes">) {
  return [
    start.getTime() - buffers.bufferBeforeMinutes * MINUTE,
    end.getTime() + buffers.bufferAfterMinutes * MINUTE,
  ] as const;
}

function isSameSession(other: Appointment, placed: Placed): boolean {
  return Boolean(placed.sessionId) && other.sessionId === placed.sessionId;
}

/** Whether somebody works during all of it. */
export function isOpen(open: readonly OpenStaff[], staffId: string, from: number, to: number): boolean {
  const intervals = open.find((each) => each.staffId === staffId)?.intervals ?? [];
  return intervals.some(({ start, end }) => Date.parse(start) <= from && Date.parse(end) >= to);
}
