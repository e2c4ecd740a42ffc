/** `GET /api/staff/{id}/hours`. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function hoursQuery(staffId: string) {
  return queryOptions({
    queryKey: ["hours", staffId],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/staff/{staff_id}/hours", { params: { path: { staff_id: staffId } }, signal })),
  });
}
