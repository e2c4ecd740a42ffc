/** `POST /api/auth/sign-out`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../lib/api/client";

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/auth/sign-out", {})),
    onSettled: () => {
      client.clear();
      location.assign("/sign-in");
    },
  });
}
