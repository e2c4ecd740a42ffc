/** `POST /api/series`: an appointment again and again, all of them or none. */

import { answer, api, type Shape } from "../../../lib/api/client";
import type { Given } from "../../../lib/requests/given";

export type NewSeries = Given<"NewSeriesBody", "serviceId" | "start" | "rrule">;

/** `key`: the same for every try of the same series, so that it is booked once. */
export function createSeries(body: NewSeries, key: Record<string, string>): Promise<Shape<"SeriesOutcome">> {
  return answer(api.POST("/api/series", { body: body as Shape<"NewSeriesBody">, headers: key }));
}
