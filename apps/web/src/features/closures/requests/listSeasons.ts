/** `GET /api/seasons`, from a date on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export type Season = Shape<"Season">;

export function seasonsQuery(from: string) {
  return queryOptions({
    queryKey: ["seasons", from],
    queryFn: ({ signal }) =>
      everyPage((page) => answer(api.GET("/api/seasons", { params: { query: { from, ...page } }, signal }))),
  });
}
