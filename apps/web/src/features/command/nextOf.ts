/** `GET /api/appointments`: the next of a customer, the soonest first. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../lib/api/client";
import { addDays, at, type Zone } from "../../lib/time/zone";

const MOST = 2;
/** As far as one call may look. */
const DAYS = 99;

/** From the beginning of a day of the business on. */
export function nextOf(customerId: string, zone: Zone, day: string) {
  return queryOptions({
    queryKey: ["appointments", "next", customerId, day],
    queryFn: async ({ signal }): Promise<Shape<"AppointmentDetails">[]> => {
      const range = { rangeStart: at(zone, day).toISOString(), rangeEnd: at(zone, addDays(day, DAYS)).toISOString() };
      const query = { ...range, customerId, limit: MOST };
      return (await answer(api.GET("/api/appointments", { params: { query }, signal }))).items;
    },
  });
}
