/** `GET /api/appointments` of one day of the business. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";
import { addDays, at, type Zone } from "../../../lib/time/zone";

export function dayQuery(zone: Zone, day: string) {
  return queryOptions({
    queryKey: ["appointments", "day", day],
    refetchInterval: 60_000, // milliseconds: the page may stay open all day
    queryFn: ({ signal }) => {
      const range = {
        rangeStart: at(zone, day).toISOString(),
        rangeEnd: at(zone, addDays(day, 1)).toISOString(),
      };
      return everyPage((page) =>
        answer(
          api.GET("/api/appointments", {
            params: { query: { ...range, ...page } },
            signal,
          }),
        ),
      );
    },
  });
}
