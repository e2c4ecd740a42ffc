import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { withDefaults, type Given } from "./given";

export type NewService = Given<"NewService", "name" | "durationMinutes" | "price">;

export interface ServiceToSave {
  /** The one that is changed, as it was seen; absent for a new one. */
  readonly seen?: { readonly id: string; readonly revision: number };
  readonly fields: NewService;
  /** Of a new one: sent again under the same key, it is added once. */
  readonly key?: string;
}

export function useSaveService() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, fields, key }: ServiceToSave) =>
      seen
        ? answer(
            api.PUT("/api/services/{service_id}", {
              params: { path: { service_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: fields,
            }),
          )
        : answer(
            api.POST("/api/services", { body: withDefaults(fields), headers: key ? { "Idempotency-Key": key } : {} }),
          ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["services"] }),
  });
}
