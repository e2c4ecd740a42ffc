/** `GET /api/sessions/{id}`, with its seats: appointments, cancelled ones too. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type SessionWithSeats = Shape<"SessionWithSeats">;

const OFTEN = 30_000; // milliseconds: guests book meanwhile

export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ["sessions", "one", id],
    refetchInterval: OFTEN,
    queryFn: ({ signal }) =>
      answer(api.GET("/api/sessions/{session_id}", { params: { path: { session_id: id } }, signal })),
  });
}
