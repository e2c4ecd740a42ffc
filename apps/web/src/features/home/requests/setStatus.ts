/** `PUT /api/appointments/{id}/status`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { withDefaults } from "../../../lib/requests/given";

export interface Decision {
  readonly id: string;
  readonly status: "CONFIRMED" | "CANCELLED";
}

export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, status }: Decision) =>
      answer(
        api.PUT("/api/appointments/{appointment_id}/status", {
          params: { path: { appointment_id: id } },
          body: withDefaults<Shape<"StatusChange">>({ status }),
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["appointments"] }),
  });
}
