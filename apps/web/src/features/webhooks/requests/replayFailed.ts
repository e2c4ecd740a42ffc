/** `POST /api/webhook-endpoints/{id}/replay`: all that have failed of what happened since. 409 `EndpointOff`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export interface FailedToReplay {
  readonly endpointId: string;
  readonly since: string;
}

export function useReplayFailed() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ endpointId, since }: FailedToReplay) =>
      answer(
        api.POST("/api/webhook-endpoints/{endpoint_id}/replay", {
          params: { path: { endpoint_id: endpointId } },
          body: { since },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks", "deliveries"] }),
  });
}
