/** `GET /api/time-off` of one staff member, from now on. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

const AHEAD = 90 * 86_400_000; // milliseconds

export function timeOffQuery(staffId: string) {
  return queryOptions({
    queryKey: ["timeOff", staffId],
    queryFn: ({ signal }) => {
      const now = Date.now();
      const range = { rangeStart: new Date(now).toISOString(), rangeEnd: new Date(now + AHEAD).toISOString() };
      return everyPage((page) =>
        answer(
          api.GET("/api/time-off", {
            params: { query: { ...range, staffId: [staffId], ...page } },
            signal,
          }),
        ),
      );
    },
  });
}
