/** The socket of the live calendar: had again whenever it is lost, with the gaps in its numbers noticed. */

import { parsed, type Message } from "./messages";
import { untilNextTry, type Patience } from "./patience";

/** Codes with which it is no use to come back: not this business, signed out. */
const REFUSED = new Set([4403, 4409]);

export interface Hearer {
  /** A new message, in its order; `isAfterGap` when some before it were missed. */
  hear(message: Message, isAfterGap: boolean): void;
  /** A new connection: everything that is told from now on is heard, nothing from before. */
  greeted(): void;
  /** There is no connection any more; it is tried again. */
  lost(): void;
  /** There is none and will be none. */
  refused(code: number): void;
}

export class Connection {
  readonly #open: () => WebSocket;
  readonly #hearer: Hearer;
  readonly #patience: Patience;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #number: number | undefined;
  #failures = 0;

  /** Connects to nothing yet. */
  constructor(open: () => WebSocket, hearer: Hearer, patience: Patience) {
    this.#open = open;
    this.#hearer = hearer;
    this.#patience = patience;
  }

  /** Try now, whatever was to be waited for; a socket that is there stays. */
  connect(): void {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    const socket = this.#open();
    this.#socket = socket;
    this.#number = undefined;
    this.#timer = setTimeout(() => {
      this.#drop(socket);
    }, this.#patience.hello);
    socket.addEventListener("message", ({ data }) => {
      if (socket === this.#socket) this.#frame(socket, String(data));
    });
    socket.addEventListener("error", () => undefined); // its closing follows
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    });
  }

  /** No socket, and none tried. */
  end(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #frame(socket: WebSocket, frame: string): void {
    let message;
    try {
      message = parsed(frame);
    } catch {
      this.#drop(socket);
      return;
    }
    if (message.type === "hello") {
      clearTimeout(this.#timer);
      this.#failures = 0;
      this.#number = message.sequence;
      this.#hearer.greeted();
    } else if (this.#number !== undefined && message.sequence > this.#number) {
      const isAfterGap = message.sequence > this.#number + 1;
      this.#number = message.sequence;
      this.#hearer.hear(message, isAfterGap);
    }
  }

  /** A socket that is of no use is not waited for: its closing may take as long as its silence. */
  #drop(socket: WebSocket): void {
    socket.close();
    this.#closed();
  }

  #closed(code?: number): void {
    clearTimeout(this.#timer);
    this.#socket = undefined;
    if (code !== undefined && REFUSED.has(code)) {
      this.#hearer.refused(code);
      return;
    }
    this.#timer = setTimeout(
      () => {
        this.connect();
      },
      untilNextTry(this.#failures, this.#patience),
    );
    this.#failures += 1;
    this.#hearer.lost();
  }
}
