/** `DELETE /api/staff/{id}`: 409 `HasAppointments` while something is booked with them. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useArchiveStaffMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/staff/{staff_id}", { params: { path: { staff_id: id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["staff"] });
      await queries.invalidateQueries({ queryKey: ["services"] }); // none names them any more
    },
  });
}
