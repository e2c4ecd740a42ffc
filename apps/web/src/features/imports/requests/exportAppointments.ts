/** `GET /api/appointments/export.csv` and `.ics`: of at most 366 days. */

import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { keep } from "../../../lib/files/keep";

export interface AppointmentsToExport {
  readonly format: "csv" | "ics";
  readonly rangeStart: string;
  readonly rangeEnd: string;
}

export function useExportAppointments() {
  return useMutation({
    mutationFn: async ({ format, ...query }: AppointmentsToExport) =>
      keep(
        await answer(api.GET(`/api/appointments/export.${format}`, { params: { query }, parseAs: "blob" })),
        `appointments.${format}`,
      ),
  });
}
