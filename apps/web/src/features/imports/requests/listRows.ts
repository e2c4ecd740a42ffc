/** `GET /api/imports/{id}`: its rows, page by page; those of one action, or all. */

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Row = Shape<"ImportRow">;
export type Action = Row["action"];

export function rowsQuery(id: string, state: Shape<"ImportState">, action: Action | undefined) {
  return infiniteQueryOptions({
    // What became of them is other in every state.
    queryKey: ["imports", "rows", id, state, action ?? "all"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/imports/{import_id}", {
          params: { path: { import_id: id }, query: { limit: 50, cursor: pageParam, ...(action ? { action } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
