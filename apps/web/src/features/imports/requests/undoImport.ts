/** `POST /api/imports/{id}/undo`: take back what it has added, in the background. 409 `ImportNotReady`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useUndoImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/imports/{import_id}/undo", { params: { path: { import_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["imports"] }),
  });
}
