/** `DELETE /api/staff/{id}/overrides/{date}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useRemoveOverride(staffId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (date: string) =>
      answer(api.DELETE("/api/staff/{staff_id}/overrides/{on}", { params: { path: { staff_id: staffId, on: date } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["overrides", staffId] }),
  });
}
