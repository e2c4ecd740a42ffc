/** `DELETE /api/resources/{id}`: 409 `HasAppointments` while something booked needs the unit. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useArchiveResource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/resources/{resource_id}", { params: { path: { resource_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["resources"] }),
  });
}
