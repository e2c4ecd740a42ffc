/** `POST /api/webhook-endpoints/{id}/deliveries/{deliveryId}/replay`. 409 `DeliveryWaiting`, `DeliveryErased`, `EndpointOff`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export interface DeliveryToReplay {
  readonly endpointId: string;
  readonly id: string;
}

export function useReplayDelivery() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ endpointId, id }: DeliveryToReplay) =>
      answer(
        api.POST("/api/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay", {
          params: { path: { endpoint_id: endpointId, delivery_id: id } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks", "deliveries"] }),
  });
}
