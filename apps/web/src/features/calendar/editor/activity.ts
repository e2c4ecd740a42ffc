/** `GET /api/appointments/{id}/activity`: what happened to it, oldest first. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function activity(id: string) {
  return queryOptions({
    queryKey: ["appointment", id, "activity"],
    queryFn: async ({ signal }) => {
      const params = { path: { appointment_id: id } };
      return (await answer(api.GET("/api/appointments/{appointment_id}/activity", { params, signal }))).items;
    },
  });
}
