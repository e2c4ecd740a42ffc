/** `GET /api/imports/{id}`: how far it has come; asked again and again while it is being worked on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { isAtWork } from "../states";

const SOON = 1_000; // milliseconds

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/imports/{import_id}", {
          params: { path: { import_id: id }, query: { limit: 1 } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.state) ? SOON : false),
  });
}
