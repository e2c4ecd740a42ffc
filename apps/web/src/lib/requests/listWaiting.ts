/** `GET /api/waiting-list`: who is in line, in the order in which they are served. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type Waiting = Shape<"WaitingDetails">;

export interface WantedLine {
  /** For a seat of this session; without it for anything. */
  readonly sessionId?: string;
  /** Without it those who wait or have an offer. */
  readonly state?: Shape<"WaitingState">[];
}

const OFTEN = 30_000; // milliseconds: offers end by themselves

export function waitingQuery(wanted: WantedLine = {}) {
  return queryOptions({
    queryKey: ["waiting", wanted],
    refetchInterval: OFTEN,
    queryFn: ({ signal }) =>
      everyPage((page) => answer(api.GET("/api/waiting-list", { params: { query: { ...wanted, ...page } }, signal }))),
  });
}
