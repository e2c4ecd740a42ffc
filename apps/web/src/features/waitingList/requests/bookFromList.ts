/** `POST /api/appointments` for somebody who waits, then `DELETE /api/waiting-list/{id}`: they wait no more. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { isRefusal } from "../../../lib/api/problem";
import { withDefaults, type Given } from "../../../lib/requests/given";
import type { Waiting } from "../../../lib/requests/listWaiting";
import { useKeys } from "../../../lib/requests/useKeys";

interface Wanted {
  readonly entry: Waiting;
  /** An instant, RFC 3339. */
  readonly start: string;
}

export function useBookFromList() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: async ({ entry, start }: Wanted) => {
      const { serviceId, staffId } = entry;
      const body: Given<"NewAppointment", "serviceId" | "start"> = {
        serviceId,
        start,
        customerId: entry.customer.id,
        ...(staffId ? { staffId } : {}),
      };
      const headers = { "Idempotency-Key": keyOf(body) };
      await answer(api.POST("/api/appointments", { body: withDefaults(body), headers }));
      await answer(api.DELETE("/api/waiting-list/{waiting_id}", { params: { path: { waiting_id: entry.id } } }));
    },
    onError: (error) => {
      if (isRefusal(error)) keyOf.forget();
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["waiting"] });
      await queries.invalidateQueries({ queryKey: ["slots"] });
      await queries.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
}
