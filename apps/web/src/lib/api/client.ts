/** Our API, as its OpenAPI document describes it (`schema.d.ts` is generated from that). */

import createClient from "openapi-fetch";
import { newKey } from "../newKey";
import { withSession } from "../session/session";
import { problemOf } from "./problem";
import type { components, paths } from "./schema";

/** A shape of the document: `Shape<"AppointmentOut">`. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

export const api = createClient<paths>({
  baseUrl: "/",
  fetch: withSession((request) => fetch(request)),
  querySerializer: { array: { style: "form", explode: true } },
});

interface Answer<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of an answer. Throws `Problem` for everything but success. */
export async function answer<Body>(call: Promise<Answer<Body>>): Promise<Body> {
  let given: Answer<Body>;
  try {
    given = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw problemOf(0, undefined);
  }
  if (!given.response.ok) throw problemOf(given.response.status, given.error);
  return given.data as Body;
}

/** The header of a POST that creates something: sent again under the same key, it is done once. */
export function once(): { readonly "Idempotency-Key": string } {
  return { "Idempotency-Key": newKey() };
}
