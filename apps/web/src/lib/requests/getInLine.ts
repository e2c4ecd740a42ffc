/** `POST /api/waiting-list`: for a seat of a full session, or for any time of a service within a span. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { isRefusal } from "../api/problem";
import { useKeys } from "./useKeys";

export function useGetInLine() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: (body: Shape<"NewWaiting">) =>
      answer(api.POST("/api/waiting-list", { body, headers: { "Idempotency-Key": keyOf(body) } })),
    onSuccess: () => {
      keyOf.forget();
      return queries.invalidateQueries({ queryKey: ["waiting"] });
    },
    onError: (error) => {
      if (isRefusal(error)) keyOf.forget();
    },
  });
}
