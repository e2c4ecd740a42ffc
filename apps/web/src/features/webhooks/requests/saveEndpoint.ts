/** `PUT /api/webhook-endpoints/{id}`: `enabled` switches it off and on. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import type { Endpoint } from "./listEndpoints";

export interface EndpointToSave {
  readonly seen: Endpoint;
  readonly changes: Shape<"EndpointChanges">;
}

export function useSaveEndpoint() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, changes }: EndpointToSave) =>
      answer(
        api.PUT("/api/webhook-endpoints/{endpoint_id}", {
          params: { path: { endpoint_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
          body: changes,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks"] }),
  });
}
