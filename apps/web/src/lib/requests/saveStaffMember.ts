import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { withDefaults, type Given } from "./given";

export interface StaffMemberToSave {
  /** The one who is changed, as they were seen; absent for somebody new. */
  readonly seen?: { readonly id: string; readonly revision: number };
  readonly fields: Given<"NewStaffMember", "name">;
  /** Of somebody new: sent again under the same key, they are added once. */
  readonly key?: string;
}

export function useSaveStaffMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, fields, key }: StaffMemberToSave) =>
      seen
        ? answer(
            api.PUT("/api/staff/{staff_id}", {
              params: { path: { staff_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: fields,
            }),
          )
        : answer(
            api.POST("/api/staff", { body: withDefaults(fields), headers: key ? { "Idempotency-Key": key } : {} }),
          ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["staff"] }),
  });
}
