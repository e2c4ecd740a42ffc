/** `POST /api/customers/{id}/erase`: 409 `CustomerIsBooked` while something is booked. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function useEraseCustomer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/customers/{customer_id}/erase", { params: { path: { customer_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["customers"] }),
  });
}
