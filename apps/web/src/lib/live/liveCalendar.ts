/** Keeping a range as the server has it: by the socket, and by asking while there is none. */

import { CachedRange, type Range } from "./cachedRange";
import { Connection, type Hearer } from "./connection";
import type { Appointment, Message } from "./messages";
import { PATIENCE, untilNextPoll, untilNextTry, type Patience } from "./patience";

/** `live`: all is read, and told as it happens. `polling`: asked for now and then. `offline`: nobody answers. `refused`: nothing may be seen. */
export type State = "connecting" | "live" | "polling" | "offline" | "refused";

export interface Source {
  /** A new socket to `/ws/calendar/{businessId}`. */
  readonly open: () => WebSocket;
  /** The range as it is now: `GET /api/appointments`. Rejects when there is no answer in time. */
  readonly read: (range: Range) => Promise<readonly Appointment[]>;
}

export interface Listener {
  /** The appointments or the state are other than before. */
  readonly changed: () => void;
  /** Something was told, of appointments or of anything else of the business. */
  readonly told?: (message: Message) => void;
}

/** Everything is read after every greeting and every gap; what is told meanwhile counts if it is newer. */
export class LiveCalendar implements Hearer {
  readonly #range: Range;
  readonly #source: Source;
  readonly #listener: Listener;
  readonly #patience: Patience;
  readonly #cached: CachedRange;
  readonly #connection: Connection;
  #state: State = "connecting";
  #isConnected = false;
  #isEnded = true;
  #isReading = false;
  #isStale = false;
  #told: Message[] = [];
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Does nothing before `begin`. */
  constructor(range: Range, source: Source, listener: Listener, patience: Patience = PATIENCE) {
    this.#range = range;
    this.#source = source;
    this.#listener = listener;
    this.#patience = patience;
    this.#cached = new CachedRange(range);
    this.#connection = new Connection(source.open, this, patience);
  }

  get state(): State {
    return this.#state;
  }

  /** By start, then id: what `GET /api/appointments` would answer. */
  get appointments(): Appointment[] {
    return this.#cached.appointments;
  }

  begin(): void {
    this.#isEnded = false;
    this.#connection.connect();
  }

  end(): void {
    this.#isEnded = true;
    this.#isConnected = false;
    clearTimeout(this.#timer);
    this.#connection.end();
  }

  /** Try the socket and read now: somebody came back to the page. */
  refresh(): void {
    if (this.#isEnded) return;
    this.#connection.connect();
    this.#readSoon();
  }

  /** The network has changed: a socket that was opened before may be dead without knowing it. */
  reconnect(): void {
    if (this.#isEnded) return;
    this.#isConnected = false;
    this.#connection.end();
    this.refresh();
  }

  greeted(): void {
    this.#isConnected = true;
    this.#readSoon();
  }

  hear(message: Message, isAfterGap: boolean): void {
    this.#told.push(message);
    if (isAfterGap) this.#readSoon();
    else if (!this.#isReading) this.#applyTold();
    this.#listener.told?.(message);
  }

  /** What was told until now is not told any more, so it is read; a socket that was tried in vain changes nothing. */
  lost(): void {
    const isNews = this.#isConnected || this.#state === "connecting";
    this.#isConnected = false;
    if (this.#state !== "offline") this.#become("polling");
    if (isNews) this.#readSoon();
  }

  refused(): void {
    this.end();
    this.#cached.replace([]);
    this.#become("refused");
  }

  #applyTold(): void {
    for (const message of this.#told) this.#cached.apply(message);
    this.#told = [];
    this.#listener.changed();
  }

  /** Read everything: again, if something is being read that may not have seen what was missed. */
  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#isStale = true;
    if (!this.#isReading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    let isRead = true;
    while (this.#isStale && isRead) isRead = await this.#readOnce();
    this.#isReading = false;
    if (this.#isEnded) return;
    this.#failures = isRead ? 0 : this.#failures + 1;
    const reached = this.#isConnected ? "live" : "polling";
    const state = isRead ? reached : "offline";
    if (state !== "live") this.#readLater();
    this.#become(state);
  }

  async #readOnce(): Promise<boolean> {
    this.#isStale = false;
    this.#told = []; // it is in what is read now
    try {
      const items = await this.#source.read(this.#range);
      if (this.#isEnded) return true;
      this.#cached.replace(items, this.#told);
      this.#told = [];
      this.#listener.changed();
      return true;
    } catch {
      return false;
    }
  }

  #readLater(): void {
    const wait = this.#isConnected ? untilNextTry(this.#failures, this.#patience) : untilNextPoll(this.#patience);
    this.#timer = setTimeout(() => {
      this.#readSoon();
    }, wait);
  }

  #become(state: State): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#listener.changed();
  }
}
