/** `DELETE /api/series/{id}`: what is to come of it, from an appointment on or all. */

import { answer, api } from "../api/client";
import type { Scope } from "../appointments/scope";

export interface Cancelled {
  readonly seriesId: string;
  readonly appointmentId: string;
  readonly scope: Scope;
  readonly reason: string;
}

export async function cancelSeries({ seriesId, reason, ...rest }: Cancelled): Promise<void> {
  const params = { path: { series_id: seriesId }, query: { ...rest, ...(reason ? { reason } : {}) } };
  await answer(api.DELETE("/api/series/{series_id}", { params }));
}
