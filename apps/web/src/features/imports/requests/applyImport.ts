/** `POST /api/imports/{id}/apply`: write its rows, in the background. 409 `ImportNotReady`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useApplyImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/imports/{import_id}/apply", { params: { path: { import_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["imports"] }),
  });
}
