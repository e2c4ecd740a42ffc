/** `GET /api/seasons/{id}`. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function seasonQuery(id: string) {
  return queryOptions({
    queryKey: ["seasons", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/seasons/{season_id}", { params: { path: { season_id: id } }, signal })),
  });
}
