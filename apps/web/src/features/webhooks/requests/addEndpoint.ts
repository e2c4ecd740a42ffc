/** `POST /api/webhook-endpoints`: the answer's `secret` is shown this once. 409 `TooManyEndpoints`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, once, type Shape } from "../../../lib/api/client";
import { endpointsQuery } from "./listEndpoints";

export function useAddEndpoint() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"NewEndpoint">) => answer(api.POST("/api/webhook-endpoints", { body, headers: once() })),
    onSettled: () => queries.invalidateQueries({ queryKey: endpointsQuery.queryKey }),
  });
}
