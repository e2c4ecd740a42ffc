/** `POST /api/customers/{id}/merge`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export interface Merge {
  readonly id: string;
  /** The one that stays. */
  readonly intoId: string;
}

export function useMergeCustomer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, intoId }: Merge) =>
      answer(
        api.POST("/api/customers/{customer_id}/merge", { params: { path: { customer_id: id } }, body: { intoId } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["customers"] }),
  });
}
