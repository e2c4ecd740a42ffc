/** A range of the calendar as a client keeps it: what was read, and what was told since, in whichever order it came. */

import type { Appointment, Message } from "./messages";

/** `[start, end)`. */
export interface Range {
  readonly start: Date;
  readonly end: Date;
}

/** The appointments that overlap the range, but the cancelled ones: what `GET /api/appointments` answers. */
export class CachedRange {
  readonly #range: Range;
  readonly #known = new Map<string, Appointment>();
  readonly #revisions = new Map<string, number>();

  constructor(range: Range) {
    this.#range = range;
  }

  /** By start, then id. */
  get appointments(): Appointment[] {
    return [...this.#known.values()].sort(byStartThenId);
  }

  /** What was read; and what was told since the reading began, some of which it may contain already. */
  replace(items: readonly Appointment[], toldMeanwhile: readonly Message[] = []): void {
    this.#known.clear();
    this.#revisions.clear();
    for (const item of items) {
      this.#known.set(item.id, item);
      this.#revisions.set(item.id, item.revision);
    }
    for (const message of toldMeanwhile) this.apply(message);
  }

  /** What is no newer than what is known changes nothing. */
  apply(message: Message): void {
    switch (message.type) {
      case "appointment.created":
      case "appointment.updated":
        if (this.#isNews(message.data.id, message.revision)) this.#show(message.data);
        break;
      case "appointment.deleted":
        if (this.#isNews(message.data.id, message.revision)) this.#known.delete(message.data.id);
        break;
      default:
    }
  }

  #isNews(id: string, revision: number): boolean {
    if ((this.#revisions.get(id) ?? 0) >= revision) return false;
    this.#revisions.set(id, revision);
    return true;
  }

  #show(told: Appointment): void {
    const overlaps =
      Date.parse(told.start) < this.#range.end.getTime() && Date.parse(told.end) > this.#range.start.getTime();
    if (overlaps && told.status !== "CANCELLED") this.#known.set(told.id, told);
    else this.#known.delete(told.id);
  }
}

function byStartThenId(one: Appointment, other: Appointment): number {
  return Date.parse(one.start) - Date.parse(other.start) || (one.id < other.id ? -1 : 1);
}
