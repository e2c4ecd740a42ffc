/** `POST /api/webhook-endpoints/{id}/rotate-secret`: the answer's `secret` is shown this once. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { endpointsQuery } from "./listEndpoints";

export function useRotateSecret() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/webhook-endpoints/{endpoint_id}/rotate-secret", { params: { path: { endpoint_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: endpointsQuery.queryKey }),
  });
}
