/** `GET /api/payments/report`: what was taken of deposits and given back, by date. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import type { Within } from "./readReport";

export function depositsQuery(within: Within) {
  return queryOptions({
    queryKey: ["payments", "report", within],
    queryFn: ({ signal }) => answer(api.GET("/api/payments/report", { params: { query: within }, signal })),
  });
}
