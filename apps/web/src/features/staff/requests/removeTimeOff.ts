/** `DELETE /api/time-off/{id}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useRemoveTimeOff() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/time-off/{time_off_id}", { params: { path: { time_off_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["timeOff"] }),
  });
}
