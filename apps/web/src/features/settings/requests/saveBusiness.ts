/** `PUT /api/business`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { me } from "../../../lib/session/me";

export function useSaveBusiness() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"BusinessChanges">) => answer(api.PUT("/api/business", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: me.queryKey }),
  });
}
