/** `DELETE /api/sessions/{id}`: its seats are cancelled with this reason, and nobody waits for it any more. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

interface Cancelled {
  readonly id: string;
  readonly reason: string;
}

export function useCancelSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: Cancelled) =>
      answer(
        api.DELETE("/api/sessions/{session_id}", {
          params: { path: { session_id: id }, query: reason ? { reason } : {} },
        }),
      ),
    onSuccess: async () => {
      // Read again by the next screen: this one would only find that it is gone.
      await queries.invalidateQueries({ queryKey: ["sessions"], refetchType: "none" });
      await queries.invalidateQueries({ queryKey: ["waiting"], refetchType: "none" });
    },
  });
}
