/** `GET /api/closures`, from a date on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export type Closure = Shape<"Closure">;

export function closuresQuery(from: string) {
  return queryOptions({
    queryKey: ["closures", from],
    queryFn: ({ signal }) =>
      everyPage((page) => answer(api.GET("/api/closures", { params: { query: { from, ...page } }, signal }))),
  });
}
