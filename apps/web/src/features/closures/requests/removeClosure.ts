/** `DELETE /api/closures/{id}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useRemoveClosure() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/closures/{closure_id}", { params: { path: { closure_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["closures"] }),
  });
}
