/** `POST /api/seasons` and `PUT /api/seasons/{id}`: the answer's `conflicts` are bookings outside of the hours now. They stand. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { useKeys } from "../../../lib/requests/useKeys";

export interface SeasonToSave {
  /** The one that is changed, as it was seen; absent for a new one. */
  readonly seen?: { readonly id: string; readonly revision: number };
  readonly fields: Shape<"NewSeason">;
}

export function useSaveSeason() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: ({ seen, fields }: SeasonToSave) =>
      seen
        ? answer(
            api.PUT("/api/seasons/{season_id}", {
              params: { path: { season_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: fields,
            }),
          )
        : answer(api.POST("/api/seasons", { body: fields, headers: { "Idempotency-Key": keyOf(fields) } })),
    onSuccess: () => keyOf.forget(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["seasons"] }),
  });
}
