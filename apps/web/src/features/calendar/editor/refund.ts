/** `POST /api/payments/{id}/refund`: all that is left is given back. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, once } from "../../../lib/api/client";

export function useRefund(appointmentId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (paymentId: string) =>
      answer(
        api.POST("/api/payments/{payment_id}/refund", {
          params: { path: { payment_id: paymentId } },
          body: {},
          headers: once(),
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["appointment", appointmentId] }),
  });
}
