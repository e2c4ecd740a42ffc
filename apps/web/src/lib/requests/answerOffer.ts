/** `POST /api/waiting-list/{id}/accept` and `…/decline`, and `DELETE /api/waiting-list/{id}`. What was offered goes to the next. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";

export interface Answered {
  readonly id: string;
  /** `leave`: out of the line, also without an offer. */
  readonly how: "accept" | "decline" | "leave";
}

export function useAnswerOffer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, how }: Answered): Promise<void> => {
      const params = { path: { waiting_id: id } };
      if (how === "accept") await answer(api.POST("/api/waiting-list/{waiting_id}/accept", { params }));
      else if (how === "decline") await answer(api.POST("/api/waiting-list/{waiting_id}/decline", { params }));
      else await answer(api.DELETE("/api/waiting-list/{waiting_id}", { params }));
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["waiting"] });
      await queries.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
}
