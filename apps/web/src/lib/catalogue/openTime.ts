/** `GET /api/availability/open`: when staff work; without closures and time off. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import type { Range } from "../live/cachedRange";

export type OpenStaff = Shape<"OpenStaff">;

export function openTime(range: Range) {
  const query = { rangeStart: range.start.toISOString(), rangeEnd: range.end.toISOString() };
  return queryOptions({
    queryKey: ["open", query.rangeStart, query.rangeEnd],
    queryFn: async ({ signal }): Promise<OpenStaff[]> =>
      (await answer(api.GET("/api/availability/open", { params: { query }, signal }))).items,
  });
}
