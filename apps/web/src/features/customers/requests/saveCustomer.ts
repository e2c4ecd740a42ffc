/** `POST /api/customers`, `PUT /api/customers/{id}`: 409 `CustomerExists` names another one with that email or phone. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { withDefaults } from "../../../lib/requests/given";
import { useKeys } from "../../../lib/requests/useKeys";

export interface CustomerToSave {
  /** The one that is changed, as it was seen; absent for a new one. */
  readonly seen?: Pick<Shape<"Customer">, "id" | "revision">;
  readonly fields: Pick<Shape<"NewCustomerBody">, "name" | "email" | "phone" | "notes" | "blocked">;
}

export function useSaveCustomer() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: ({ seen, fields }: CustomerToSave) =>
      seen
        ? answer(
            api.PUT("/api/customers/{customer_id}", {
              params: { path: { customer_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: fields,
            }),
          )
        : answer(
            api.POST("/api/customers", { body: withDefaults(fields), headers: { "Idempotency-Key": keyOf(fields) } }),
          ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["customers"] }),
  });
}
