/** `DELETE /api/seasons/{id}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useRemoveSeason() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/seasons/{season_id}", { params: { path: { season_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["seasons"] }),
  });
}
