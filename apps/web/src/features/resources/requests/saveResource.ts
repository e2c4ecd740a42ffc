/** `POST /api/resources` and `PUT /api/resources/{id}`: 409 `HasAppointments` while something booked needs the unit. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { withDefaults, type Given } from "../../../lib/requests/given";
import { useKeys } from "../../../lib/requests/useKeys";

export interface ResourceToSave {
  /** The one that is changed, as it was seen; absent for a new one. */
  readonly seen?: { readonly id: string; readonly revision: number };
  readonly fields: Given<"NewResource", "name" | "kind">;
}

export function useSaveResource() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: ({ seen, fields }: ResourceToSave) =>
      seen
        ? answer(
            api.PUT("/api/resources/{resource_id}", {
              params: { path: { resource_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: fields,
            }),
          )
        : answer(
            api.POST("/api/resources", {
              body: withDefaults(fields),
              headers: { "Idempotency-Key": keyOf(fields) },
            }),
          ),
    onSuccess: () => keyOf.forget(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["resources"] }),
  });
}
