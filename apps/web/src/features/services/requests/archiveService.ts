/** `DELETE /api/services/{id}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useArchiveService() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/services/{service_id}", { params: { path: { service_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["services"] }),
  });
}
