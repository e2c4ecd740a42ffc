/** `POST /api/time-off`: the answer's `conflicts` are the appointments that it overlaps. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { withDefaults, type Given } from "../../../lib/requests/given";
import { useKeys } from "../../../lib/requests/useKeys";

export type NewTimeOff = Given<"NewTimeOff", "staffId" | "start" | "end">;

export function useAddTimeOff() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: (body: NewTimeOff) =>
      answer(api.POST("/api/time-off", { body: withDefaults(body), headers: { "Idempotency-Key": keyOf(body) } })),
    onSuccess: () => {
      keyOf.forget();
      return queries.invalidateQueries({ queryKey: ["timeOff"] });
    },
  });
}
