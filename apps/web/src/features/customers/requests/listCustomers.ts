/** `GET /api/customers`, by name, page by page. */

import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Customer = Shape<"Customer">;

export function customersQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: ["customers", "list", search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/customers", {
          params: { query: { limit: 50, cursor: pageParam, ...(search ? { search } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
}
