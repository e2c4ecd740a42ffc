/** `POST /api/closures` and `PUT /api/closures/{id}`: the answer's `conflicts` are the bookings on its dates. They stand. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { useKeys } from "../../../lib/requests/useKeys";

export interface ClosureToSave {
  /** The one that is changed, as it was seen; absent for a new one. */
  readonly seen?: { readonly id: string; readonly revision: number };
  readonly fields: Shape<"NewClosure">;
}

export function useSaveClosure() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: ({ seen, fields }: ClosureToSave) =>
      seen
        ? answer(
            api.PUT("/api/closures/{closure_id}", {
              params: { path: { closure_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: fields,
            }),
          )
        : answer(api.POST("/api/closures", { body: fields, headers: { "Idempotency-Key": keyOf(fields) } })),
    onSuccess: () => keyOf.forget(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["closures"] }),
  });
}
