/** `POST /api/appointments` at the start of a session: it is joined. 409 `SlotTaken` when it is full. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { isRefusal } from "../../../lib/api/problem";
import { withDefaults, type Given } from "../../../lib/requests/given";
import { useKeys } from "../../../lib/requests/useKeys";

export type NewSeat = Given<"NewAppointment", "serviceId" | "staffId" | "start">;

export function useBookSeat() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: (body: NewSeat) =>
      answer(api.POST("/api/appointments", { body: withDefaults(body), headers: { "Idempotency-Key": keyOf(body) } })),
    onSuccess: () => keyOf.forget(),
    onError: (error) => {
      if (isRefusal(error)) keyOf.forget();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
}
