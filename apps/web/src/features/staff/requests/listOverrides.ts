/** `GET /api/staff/{id}/overrides`, from a date on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export function overridesQuery(staffId: string, from: string) {
  return queryOptions({
    queryKey: ["overrides", staffId, from],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        answer(
          api.GET("/api/staff/{staff_id}/overrides", {
            params: { path: { staff_id: staffId }, query: { from, ...page } },
            signal,
          }),
        ),
      ),
  });
}
