/** `PUT /api/appointments/{id}/status` of a seat. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { withDefaults } from "../../../lib/requests/given";

interface Changed {
  readonly id: string;
  readonly status: Shape<"StatusChange">["status"];
}

export function useSetSeatStatus() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, status }: Changed) =>
      answer(
        api.PUT("/api/appointments/{appointment_id}/status", {
          params: { path: { appointment_id: id } },
          body: withDefaults<Shape<"StatusChange">>({ status }),
        }),
      ),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["sessions"] });
      await queries.invalidateQueries({ queryKey: ["waiting"] }); // a seat that is given back is offered
    },
  });
}
