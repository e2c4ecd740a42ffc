/** One call of the public API. A refusal is thrown as `Refused`, no answer at all as `Unreachable`. */

import type { Alternative, Money } from "./types";

const PATIENCE = 20_000; // milliseconds

/** RFC 9457, with the fields that a guest's calls may have. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly alternatives?: readonly Alternative[];
  readonly conflicts?: readonly { readonly kind: string; readonly sessionId?: string }[];
  readonly price?: Money;
  readonly triesLeft?: number;
  /** Of `NothingOffered`. */
  readonly state?: string;
}

export class Refused extends Error {
  readonly problem: Problem;
  /** After so many seconds it may be asked again. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(`${problem.status} ${problem.code}`);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** Nobody knows whether the request arrived. */
export class Unreachable extends Error {}

/** Whether the same may be answered otherwise if it is asked again: whoever was in the way may be gone. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Refused && (error.problem.status >= 500 || error.problem.code === "RequestInProgress");
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Refused ? error.problem.code : undefined;
}

/** `isNew`: whatever is kept between here and the service does not count. */
export async function get<Answer>(path: string, isNew = false): Promise<Answer> {
  return (await call("GET", path, undefined, undefined, isNew ? { cache: "reload" } : {})) as Answer;
}

/** `key`: the `Idempotency-Key`; the same key with the same body has one effect. */
export async function post<Answer>(path: string, body?: unknown, key?: string): Promise<Answer> {
  return (await call("POST", path, body, key)) as Answer;
}

/** `goesOn`: also when the page is left meanwhile. */
export async function remove(path: string, goesOn = false): Promise<void> {
  await call("DELETE", path, undefined, undefined, { keepalive: goesOn });
}

/** The server's clock less this one's, in milliseconds: what is kept until a moment is kept by that of the server. */
let ahead = 0;
const ALIKE = 5_000; // milliseconds that do not matter

/** What the server's clock shows, as far as is known: that of a phone may be minutes off. */
export function serverNow(): number {
  return Date.now() + ahead;
}

function compareClocks(answer: Response): void {
  const told = Date.parse(answer.headers.get("Date") ?? "");
  const found = told - Date.now();
  if (!Number.isNaN(found)) ahead = Math.abs(found) < ALIKE ? 0 : found;
}

type How = Pick<RequestInit, "cache" | "keepalive">;

async function call(method: string, path: string, body?: unknown, key?: string, how: How = {}): Promise<unknown> {
  const answer = await answered(path, { ...requestOf(method, body, key), ...how });
  if (method === "POST") compareClocks(answer); // what is read may come out of a cache, with the time of then
  const read = answer.status === 204 ? undefined : await parsed(answer);
  if (answer.ok) return read;
  throw new Refused(problemOf(read, answer.status), Number(answer.headers.get("Retry-After")) || undefined);
}

function requestOf(method: string, body: unknown, key: string | undefined): RequestInit {
  const headers = new Headers({ Accept: "application/json" });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (key !== undefined) headers.set("Idempotency-Key", key);
  return {
    method,
    headers,
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function answered(path: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/public/${path}`, how);
  } catch (error) {
    throw new Unreachable(path, { cause: error });
  }
}

async function parsed(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    throw new Unreachable("cut off", { cause: error });
  }
}

function problemOf(read: unknown, status: number): Problem {
  const known = typeof read === "object" && read !== null && "code" in read;
  return known ? (read as Problem) : { code: "Unknown", status, detail: "" };
}
