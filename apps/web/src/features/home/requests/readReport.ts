/** `GET /api/appointments/report`: how many there were, by date and by staff member. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Report = Shape<"AppointmentReport">;

/** Instants in UTC. */
export interface Within {
  readonly rangeStart: string;
  readonly rangeEnd: string;
}

export function reportQuery(within: Within) {
  return queryOptions({
    queryKey: ["appointments", "report", within],
    queryFn: ({ signal }) => answer(api.GET("/api/appointments/report", { params: { query: within }, signal })),
  });
}
