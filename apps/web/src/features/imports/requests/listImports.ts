/** `GET /api/imports`: those of the last ninety days, the newest first. */

import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Import = Shape<"ImportDetails">;

export const importsQuery = infiniteQueryOptions({
  queryKey: ["imports", "list"],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET("/api/imports", { params: { query: { limit: 20, cursor: pageParam } }, signal })),
  getNextPageParam: (page) => page.nextCursor,
});
