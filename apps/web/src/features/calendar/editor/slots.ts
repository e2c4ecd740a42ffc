/** `GET /api/availability/slots`: the free times of a day. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export interface Asked {
  readonly serviceId: string;
  /** Anybody who offers it when there is none. */
  readonly staffId: string | undefined;
  readonly day: string;
}

export function slots({ serviceId, staffId, day }: Asked) {
  return queryOptions({
    queryKey: ["slots", serviceId, staffId, day],
    queryFn: async ({ signal }) => {
      const query = { serviceId, from: day, days: 1, ...(staffId ? { staffId } : {}) };
      const { days, nextAvailable } = await answer(api.GET("/api/availability/slots", { params: { query }, signal }));
      return { starts: days.flatMap((each) => each.slots.map(({ start }) => start)), nextAvailable };
    },
    enabled: serviceId !== "",
    staleTime: 0,
  });
}
