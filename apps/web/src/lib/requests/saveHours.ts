import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";

export interface HoursToSave {
  readonly staffId: string;
  readonly blocks: Shape<"BlockIn">[];
  /** Of the hours as they were seen; absent for the first ones. */
  readonly revision?: number;
}

/** The answer's `conflicts` are the appointments to come that lie outside of the hours now. */
export function useSaveHours() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ staffId, blocks, revision }: HoursToSave) =>
      answer(
        api.PUT("/api/staff/{staff_id}/hours", {
          params: {
            path: { staff_id: staffId },
            ...(revision === undefined ? {} : { header: { "if-match": `"${revision}"` } }),
          },
          body: { blocks },
        }),
      ),
    onSettled: (_saved, _error, { staffId }) => queries.invalidateQueries({ queryKey: ["hours", staffId] }),
  });
}
