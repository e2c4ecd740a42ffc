/** `GET /api/appointments/{id}`. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import type { Appointment } from "../readRange";

export function readAppointment(id: string, signal?: AbortSignal): Promise<Appointment> {
  return answer(
    api.GET("/api/appointments/{appointment_id}", {
      params: { path: { appointment_id: id } },
      ...(signal ? { signal } : {}),
    }),
  );
}

export function appointment(id: string) {
  return queryOptions({
    queryKey: ["appointment", id],
    queryFn: ({ signal }) => readAppointment(id, signal),
    staleTime: 0,
  });
}
