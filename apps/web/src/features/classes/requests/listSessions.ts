/** `GET /api/sessions` of some weeks, from a date of the business on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";
import { addDays, at, type Zone } from "../../../lib/time/zone";

export type Session = Shape<"SessionDetails">;

export const DAYS = 28;

export function sessionsQuery(zone: Zone, from: string, serviceId: string) {
  return queryOptions({
    queryKey: ["sessions", from, serviceId],
    queryFn: ({ signal }) => {
      const query = {
        rangeStart: at(zone, from).toISOString(),
        rangeEnd: at(zone, addDays(from, DAYS)).toISOString(),
        ...(serviceId ? { serviceId: [serviceId] } : {}),
      };
      return everyPage((page) =>
        answer(api.GET("/api/sessions", { params: { query: { ...query, ...page } }, signal })),
      );
    },
  });
}
