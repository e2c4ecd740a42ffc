/** `DELETE /api/webhook-endpoints/{id}`, with the log of its deliveries. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { endpointsQuery } from "./listEndpoints";

export function useRemoveEndpoint() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/webhook-endpoints/{endpoint_id}", { params: { path: { endpoint_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: endpointsQuery.queryKey }),
  });
}
