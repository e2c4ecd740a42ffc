/** `POST /api/auth/sign-up`. */

import { useMutation } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../lib/api/client";
import { useBeginSession } from "../../lib/session/me";

export function useSignUp() {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: (body: Shape<"NewOwner">) => answer(api.POST("/api/auth/sign-up", { body })),
    onSuccess: begin,
  });
}
