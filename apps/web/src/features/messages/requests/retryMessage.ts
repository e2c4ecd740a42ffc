/** `POST /api/messages/{id}/retry`: 409 `MessageNotFailed`, 409 `MessageOver` when its time is over. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useRetryMessage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/messages/{message_id}/retry", { params: { path: { message_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["messages"] }),
  });
}
