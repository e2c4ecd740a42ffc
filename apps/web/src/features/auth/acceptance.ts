/** `POST /api/invitations/accept`: 401 `InvalidCredentials`, 410 `InvitationOver`. */

import { useMutation } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../lib/api/client";
import { useBeginSession } from "../../lib/session/me";

export function useAcceptInvitation() {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: (body: Shape<"Acceptance">) => answer(api.POST("/api/invitations/accept", { body })),
    onSuccess: begin,
  });
}
