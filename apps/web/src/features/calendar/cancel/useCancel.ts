import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useAhead } from "../ahead";
import type { Appointment } from "../readRange";
import type { Scope } from "../series/scope";
import { setStatus } from "../setStatus";
import { cancelSeries } from "./cancelSeries";

export interface Why {
  readonly reason: string;
  readonly isAsked: boolean;
  readonly scope: Scope;
}

/** One alone by its status, several of a series by that. */
export function useCancel(appointment: Appointment) {
  const { id, seriesId } = appointment;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ reason, isAsked, scope }: Why): Promise<void> => {
      if (seriesId && scope !== "this") return cancelSeries({ seriesId, appointmentId: id, scope, reason });
      const why = { ...(reason ? { reason } : {}), askedByCustomer: isAsked };
      useAhead.getState().settle(await setStatus(id, { status: "CANCELLED", ...why }));
    },
    onSettled: () =>
      Promise.all(["appointment", "series"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}
