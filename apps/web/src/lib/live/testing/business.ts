/** A business whose calendar is told on real sockets, and a network that can be made to lose what is told. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket as Socket, WebSocketServer } from "ws";
import type { Appointment } from "../messages";
import { CachedRange, type Range } from "../cachedRange";

export const RANGE: Range = { start: new Date("2026-12-01T00:00:00Z"), end: new Date("2026-12-02T00:00:00Z") };

export type Fault = "none" | "drop" | "twice" | "late";

export class Business {
  readonly #server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  readonly #sequences = new Map<Socket, number>();
  readonly #late = new Map<Socket, string[]>();
  readonly #all = new Map<string, Appointment>();
  readonly #deleted = new Map<string, number>();
  /** With which code whoever connects is turned away. */
  refuses: number | undefined;
  /** Whether whoever connects is greeted. */
  isSilent = false;
  /** Whether reading is answered. */
  isReadable = true;
  reads = 0;
  connections = 0;

  constructor() {
    this.#server.on("connection", (socket) => {
      this.connections += 1;
      if (this.refuses !== undefined) socket.close(this.refuses);
      else if (!this.isSilent) this.#greet(socket);
      socket.on("close", () => this.#sequences.delete(socket));
    });
  }

  async isReady(): Promise<void> {
    if (this.#server.address() === null) await once(this.#server, "listening");
  }

  readonly open = (): WebSocket => {
    const { port } = this.#server.address() as AddressInfo;
    return new Socket(`ws://127.0.0.1:${port}`) as unknown as WebSocket;
  };

  readonly read = (range: Range): Promise<readonly Appointment[]> => {
    this.reads += 1;
    if (!this.isReadable) return Promise.reject(new Error("no answer"));
    return Promise.resolve(this.shown(range));
  };

  /** What reading would answer. */
  shown(range: Range = RANGE): Appointment[] {
    const cached = new CachedRange(range);
    const overlaps = (each: Appointment) => new Date(each.start) < range.end && new Date(each.end) > range.start;
    cached.replace([...this.#all.values()].filter((each) => each.status !== "CANCELLED" && overlaps(each)));
    return cached.appointments;
  }

  /** From that hour of the first of December on, an hour long. */
  put(
    id: string,
    hour: number,
    { status = "CONFIRMED", fault = "none" }: { status?: string; fault?: Fault } = {},
  ): void {
    const revision = (this.#all.get(id)?.revision ?? this.#deleted.get(id) ?? 0) + 1;
    const at = (hours: number) => new Date(RANGE.start.getTime() + hours * 3_600_000).toISOString();
    const data: Appointment = { id, revision, start: at(hour), end: at(hour + 1), status };
    this.#all.set(id, data);
    this.#tell({ type: revision === 1 ? "appointment.created" : "appointment.updated", id, revision, data }, fault);
  }

  delete(id: string, fault: Fault = "none"): void {
    const revision = (this.#all.get(id)?.revision ?? this.#deleted.get(id) ?? 0) + 1;
    this.#all.delete(id);
    this.#deleted.set(id, revision);
    this.#tell({ type: "appointment.deleted", id, revision, data: { id } }, fault);
  }

  /** Every connection is broken off, as by a process that is killed; or closed with that code. */
  cut(code?: number): void {
    for (const socket of this.#server.clients) {
      if (code === undefined) socket.terminate();
      else socket.close(code);
    }
  }

  async end(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #greet(socket: Socket): void {
    this.#sequences.set(socket, 41);
    this.#late.set(socket, []);
    socket.send(JSON.stringify({ type: "hello", sequence: 41, heartbeatSeconds: 20 }));
  }

  #tell(message: object, fault: Fault): void {
    for (const [socket, last] of this.#sequences) {
      this.#sequences.set(socket, last + 1);
      const frame = JSON.stringify({ ...message, sequence: last + 1 });
      if (fault === "drop") continue;
      const late = this.#late.get(socket) ?? [];
      if (fault === "late") {
        late.push(frame);
        continue;
      }
      for (const each of [frame, ...(fault === "twice" ? [frame] : []), ...late.splice(0)]) socket.send(each);
    }
  }
}
