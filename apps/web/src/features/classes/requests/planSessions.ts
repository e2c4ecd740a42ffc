/** `POST /api/sessions`, one after the other: what is in the way of one does not keep the others from being made. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { isProblem, type Problem } from "../../../lib/api/problem";
import { withDefaults, type Given } from "../../../lib/requests/given";
import { useKeys, type Keys } from "../../../lib/requests/useKeys";
import type { Session } from "./listSessions";

export type NewSession = Given<"NewSession", "serviceId" | "start">;

export interface LeftOut {
  readonly body: NewSession;
  readonly why: Problem;
}

export interface Planned {
  readonly made: readonly Session[];
  readonly leftOut: readonly LeftOut[];
}

export function usePlanSessions() {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return useMutation({
    mutationFn: (bodies: readonly NewSession[]) => planned(bodies, keyOf),
    onSuccess: () => keyOf.forget(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
}

async function planned(bodies: readonly NewSession[], keyOf: Keys): Promise<Planned> {
  const made: Session[] = [];
  const leftOut: LeftOut[] = [];
  for (const body of bodies) {
    try {
      const headers = { "Idempotency-Key": keyOf(body) };
      made.push(await answer(api.POST("/api/sessions", { body: withDefaults(body), headers })));
    } catch (error) {
      if (!isProblem(error, "SlotTaken", "NotBookable")) throw error;
      leftOut.push({ body, why: error });
    }
  }
  return { made, leftOut };
}
