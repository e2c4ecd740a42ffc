/** `GET /api/payments`: every movement of an appointment's deposit. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";

export type Payment = Shape<"booking_public__schemas__payments__PaymentOut">;

export function paymentsOf(id: string) {
  return queryOptions({
    queryKey: ["appointment", id, "payments"],
    queryFn: async ({ signal }): Promise<Payment[]> => {
      const params = { query: { appointmentId: id } };
      return (await answer(api.GET("/api/payments", { params, signal }))).items;
    },
  });
}
