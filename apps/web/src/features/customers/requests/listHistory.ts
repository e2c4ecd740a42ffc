/** `GET /api/customers/{id}/appointments`: the latest first. */

import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["customers", id, "history"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/customers/{customer_id}/appointments", {
          params: { path: { customer_id: id }, query: { limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
}
