/** `PUT /api/series/{id}`: those that are meant, all of them or none. */

import { answer, api, type Shape } from "../../../lib/api/client";
import type { Given } from "../../../lib/requests/given";

export type SeriesChanges = Given<"SeriesChanges", "scope" | "appointmentId">;

/** `revision`: of the series as it was seen. Somebody else's change meanwhile is `StaleRevision`. */
export function changeSeries(id: string, changes: SeriesChanges, revision: number): Promise<Shape<"SeriesOutcome">> {
  const params = { path: { series_id: id }, header: { "if-match": `"${revision}"` } };
  return answer(api.PUT("/api/series/{series_id}", { params, body: changes as Shape<"SeriesChanges"> }));
}
