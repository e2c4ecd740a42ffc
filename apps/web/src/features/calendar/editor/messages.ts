/** `GET /api/messages`: what was sent about an appointment. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export function messagesAbout(id: string) {
  return queryOptions({
    queryKey: ["appointment", id, "messages"],
    queryFn: async ({ signal }) => {
      const params = { query: { appointmentId: id } };
      return (await answer(api.GET("/api/messages", { params, signal }))).items;
    },
  });
}
