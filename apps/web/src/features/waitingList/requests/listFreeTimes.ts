/** `GET /api/availability/slots`: the free starts of a service within what somebody waits for. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import type { Waiting } from "../../../lib/requests/listWaiting";
import { dayOf, type Zone } from "../../../lib/time/zone";

export interface FreeDay {
  /** A date of the business. */
  readonly date: string;
  /** At least one, RFC 3339. */
  readonly starts: readonly string[];
}

const DAY = 86_400_000; // milliseconds
const MOST_DAYS = 42;

export function freeTimesQuery(zone: Zone, { id, serviceId, staffId, from, to }: Waiting) {
  return queryOptions({
    queryKey: ["slots", "waiting", id],
    staleTime: 0,
    queryFn: async ({ signal }): Promise<readonly FreeDay[]> => {
      const first = Math.max(Date.now(), Date.parse(from));
      const days = Math.min(MOST_DAYS, Math.ceil((Date.parse(to) - first) / DAY) + 1);
      if (days < 1) return [];
      const query = { serviceId, ...(staffId ? { staffId } : {}), from: dayOf(zone, new Date(first)), days };
      const found = await answer(api.GET("/api/availability/slots", { params: { query }, signal }));
      const isWanted = (start: string) => Date.parse(start) >= first && Date.parse(start) < Date.parse(to);
      return found.days
        .map(({ date, slots }) => ({ date, starts: slots.map(({ start }) => start).filter(isWanted) }))
        .filter(({ starts }) => starts.length > 0);
    },
  });
}
