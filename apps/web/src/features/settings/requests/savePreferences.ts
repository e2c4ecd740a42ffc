/** `PUT /api/notification-settings`: the reminders of all appointments to come are planned anew. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { preferencesQuery } from "./readPreferences";

export function useSavePreferences() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"PreferencesChanges">) => answer(api.PUT("/api/notification-settings", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  });
}
