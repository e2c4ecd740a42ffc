import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Shape } from "../../lib/api/client";
import type { Scope } from "../../lib/appointments/scope";
import { cancelSeries } from "../../lib/requests/cancelSeries";
import { setStatus } from "../../lib/requests/setStatus";

export interface Why {
  readonly reason: string;
  readonly isAsked: boolean;
  readonly scope: Scope;
}

type Appointment = Shape<"AppointmentDetails">;

/** One alone by its status, which gives it as it is then; several of a series by that. */
export function useCancel({ id, seriesId }: Appointment, onDone: (after: Appointment | undefined) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ reason, isAsked, scope }: Why): Promise<Appointment | undefined> => {
      if (!seriesId || scope === "this") {
        const why = { ...(reason ? { reason } : {}), askedByCustomer: isAsked };
        return setStatus(id, { status: "CANCELLED", ...why });
      }
      await cancelSeries({ seriesId, appointmentId: id, scope, reason });
      return undefined;
    },
    onSuccess: onDone, // before it is gone from a list, and who asks with it
    onSettled: () =>
      Promise.all(
        ["appointment", "appointments", "series"].map((name) => queries.invalidateQueries({ queryKey: [name] })),
      ),
  });
}
