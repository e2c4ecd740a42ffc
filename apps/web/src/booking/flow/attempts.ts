/** Booking once: a request that may or may not have arrived is sent again as it was, before anything else is sent. */

import { isPassing } from "../api/request";
import type { Booked, Order } from "../api/types";
import { newKey } from "../../lib/newKey";

/** Between two tries, in milliseconds. */
export const PAUSES: readonly number[] = [500, 2_000, 4_000];

export type Send = (order: Order, key: string) => Promise<Booked>;

interface Attempt {
  readonly key: string;
  readonly order: Order;
}

export class Attempts {
  readonly #send: Send;
  readonly #pauses: readonly number[];
  /** The one of which nobody knows how it ended. */
  #open: Attempt | undefined;

  constructor(send: Send, pauses: readonly number[] = PAUSES) {
    this.#send = send;
    this.#pauses = pauses;
  }

  /**
   * The booking. Rejects with `Refused` when it was not made, and with `Unreachable` when nobody knows: whoever then
   * asks for something else gets what was asked for first, if that was booked after all.
   */
  async book(order: Order): Promise<Booked> {
    if (this.#open && !isSame(this.#open.order, order)) {
      const earlier = await this.#unlessRefused(this.#open);
      if (earlier) return earlier;
    }
    this.#open = { key: this.#open?.key ?? newKey(), order };
    return this.#settle(this.#open);
  }

  async #unlessRefused(attempt: Attempt): Promise<Booked | undefined> {
    try {
      return await this.#settle(attempt);
    } catch (error) {
      if (isPassing(error)) throw error;
      return undefined;
    }
  }

  async #settle(attempt: Attempt): Promise<Booked> {
    for (const pause of [...this.#pauses, undefined]) {
      try {
        const booked = await this.#send(attempt.order, attempt.key);
        this.#open = undefined;
        return booked;
      } catch (error) {
        if (!isPassing(error)) this.#open = undefined;
        if (!isPassing(error) || pause === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    throw new Error("a try either ends or throws");
  }
}

/** A captcha's token proves something about the guest, and says nothing about the booking. */
function isSame(one: Order, other: Order): boolean {
  const plain = (order: Order) => JSON.stringify({ ...order, captchaToken: null });
  return plain(one) === plain(other);
}
