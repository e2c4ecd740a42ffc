/** `DELETE /api/booking-pages/{id}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { bookingPagesQuery } from "../../../lib/requests/listBookingPages";

export function useRemoveBookingPage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/booking-pages/{page_id}", { params: { path: { page_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: bookingPagesQuery.queryKey }),
  });
}
