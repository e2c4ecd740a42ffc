/** `GET /api/appointments`: what is to be confirmed, from a day of the business on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { addDays, at, type Zone } from "../../../lib/time/zone";

/** As far as one call may look. */
const DAYS = 99;

export function pendingQuery(zone: Zone, day: string) {
  return queryOptions({
    queryKey: ["appointments", "pending", day],
    refetchInterval: 60_000, // milliseconds
    queryFn: async ({ signal }) => {
      const page = await answer(
        api.GET("/api/appointments", {
          params: {
            query: {
              rangeStart: at(zone, day).toISOString(),
              rangeEnd: at(zone, addDays(day, DAYS)).toISOString(),
              status: ["PENDING"],
              limit: 20,
            },
          },
          signal,
        }),
      );
      return page.items;
    },
  });
}
