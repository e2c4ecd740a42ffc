/** `POST /api/auth/sign-in`. */

import { useMutation } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../lib/api/client";
import { useBeginSession } from "../../lib/session/me";

export function useSignIn() {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: (body: Shape<"Credentials">) => answer(api.POST("/api/auth/sign-in", { body })),
    onSuccess: begin,
  });
}
