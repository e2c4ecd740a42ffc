/** `POST /api/staff`, then `PUT /api/staff/{id}/hours`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { withDefaults } from "../../../lib/requests/given";
import { useKeys } from "../../../lib/requests/useKeys";

export interface Person {
  readonly name: string;
  readonly blocks: Shape<"BlockIn">[];
}

/** Somebody with hours. Done again after a failure it goes on where it was: nobody is there twice. */
export function useAddPerson() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: async ({ name, blocks }: Person) => {
      const added = await answer(
        api.POST("/api/staff", {
          body: withDefaults<Shape<"NewStaffMember">>({ name }),
          headers: { "Idempotency-Key": keyOf(name) },
        }),
      );
      await answer(
        api.PUT("/api/staff/{staff_id}/hours", { params: { path: { staff_id: added.id } }, body: { blocks } }),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["staff"] }),
  });
}
