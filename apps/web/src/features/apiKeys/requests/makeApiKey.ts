/** `POST /api/api-keys`: the answer's `key` is shown this once. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, once, type Shape } from "../../../lib/api/client";
import { apiKeysQuery } from "./listApiKeys";

export function useMakeApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"NewApiKey">) => answer(api.POST("/api/api-keys", { body, headers: once() })),
    onSettled: () => queries.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}
