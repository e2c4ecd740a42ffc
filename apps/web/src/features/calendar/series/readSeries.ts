/** `GET /api/series/{id}`: its appointments as they are, the cancelled ones too. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function series(id: string) {
  return queryOptions({
    queryKey: ["series", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/series/{series_id}", { params: { path: { series_id: id } }, signal })),
  });
}
