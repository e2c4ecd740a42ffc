/** What went wrong, as the server says it (RFC 9457) or as the network leaves us to say it. */

export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status: number;
  readonly detail?: string;
  /** Stable; unique within a service. */
  readonly code: string;
  readonly traceId?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  /** The fields that a code has of its own. */
  readonly [field: string]: unknown;
}

/** Nothing came back: offline, or the server could not be reached. */
export const NO_ANSWER = "NoAnswer";

export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title ?? body.code);
    this.name = "Problem";
    this.body = body;
  }

  get code(): string {
    return this.body.code;
  }

  get status(): number {
    return this.body.status;
  }

  /** What is wrong with a field of the body that was sent, such as `/customer/email`. */
  at(pointer: string): string | undefined {
    return this.body.errors?.find((each) => each.pointer === pointer)?.detail;
  }
}

export function isProblem(error: unknown, ...codes: readonly string[]): error is Problem {
  return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}

/** The server has said no: the same thing asked again is another question, not one more try of this one. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && error.status >= 400 && error.status < 500 && error.code !== "RequestInProgress";
}

/** Whatever was answered instead of what was asked for, as a problem. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "code" in body && typeof body.code === "string") {
    return new Problem({ status, ...(body as object), code: body.code });
  }
  return new Problem({ status, code: status === 0 ? NO_ANSWER : "Unexpected" });
}
