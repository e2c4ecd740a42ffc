/** `GET /api/series/{id}`: its appointments as they are, the cancelled ones too. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export function series(id: string) {
  return queryOptions({
    queryKey: ["series", id],
    queryFn: ({ signal }) => readSeries(id, signal),
  });
}

export function readSeries(id: string, signal?: AbortSignal): Promise<Shape<"SeriesDetails">> {
  const params = { path: { series_id: id } };
  return answer(api.GET("/api/series/{series_id}", { params, ...(signal ? { signal } : {}) }));
}
