/** `GET /api/customers/{id}`: with totals. Of somebody who was merged it is the one that is left. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function customerQuery(id: string) {
  return queryOptions({
    queryKey: ["customers", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/customers/{customer_id}", { params: { path: { customer_id: id } }, signal })),
  });
}
