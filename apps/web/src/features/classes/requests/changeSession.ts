/** `PUT /api/sessions/{id}`: all seats move with it, or nothing does. 409 `SeatsInUse` for fewer seats than are taken. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { withDefaults } from "../../../lib/requests/given";

export interface SessionToChange {
  readonly seen: { readonly id: string; readonly revision: number };
  readonly changes: Partial<Shape<"SessionEdit">>;
}

export function useChangeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, changes }: SessionToChange) =>
      answer(
        api.PUT("/api/sessions/{session_id}", {
          params: { path: { session_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
          body: withDefaults(changes),
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
}
