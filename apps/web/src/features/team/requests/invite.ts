/** `POST /api/invitations`: the answer's `acceptUrl` is shown this once. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, once, type Shape } from "../../../lib/api/client";
import { invitationsQuery } from "./listInvitations";

export function useInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"NewInvitation">) => answer(api.POST("/api/invitations", { body, headers: once() })),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}
