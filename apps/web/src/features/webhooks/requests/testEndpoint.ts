/** `POST /api/webhook-endpoints/{id}/test`: sends `webhook.test`. 409 `EndpointOff`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useTestEndpoint() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/webhook-endpoints/{endpoint_id}/test", { params: { path: { endpoint_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks", "deliveries"] }),
  });
}
