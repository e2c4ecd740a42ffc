/** Deciding on what guests have asked for, wherever it is shown: confirming at once, declining after a question. */

import { createContext, useCallback, useMemo, useState } from "react";
import { decidingWords } from "../../components/deciding/words";
import { toast } from "../../components/toasts";
import { said } from "../../lib/api/said";
import { who } from "../../lib/appointments/names";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { setStatus } from "../../lib/requests/setStatus";
import { useAhead } from "./ahead";
import type { Appointment } from "./readRange";

export interface Decide {
  readonly confirm: (appointment: Appointment) => void;
  readonly decline: (appointment: Appointment) => void;
}

export const Decisions = createContext<Decide>({ confirm: noChoice, decline: noChoice });

export interface Deciding {
  readonly decide: Decide;
  /** The one of which it is asked whether it is to be declined. */
  readonly declining: Appointment | undefined;
  /** `after`: as it is then, when it was declined. */
  readonly onDecided: (after?: Appointment) => void;
}

export function useDecisions(refresh: () => void): Deciding {
  const locale = useLocale();
  const words = useWords(decidingWords);
  const [declining, setDeclining] = useState<Appointment>();
  const confirm = useCallback(
    async (appointment: Appointment) => {
      const { begin, settle, revert } = useAhead.getState();
      begin({ ...appointment, status: "CONFIRMED" });
      try {
        settle(await setStatus(appointment.id, { status: "CONFIRMED" }));
        toast({ kind: "done", text: words.isConfirmed(who(appointment)) });
      } catch (error) {
        revert(appointment.id);
        toast({ kind: "failed", text: words.notConfirmed(who(appointment)), detail: said(error, locale) });
      }
      refresh();
    },
    [locale, refresh, words],
  );
  const decide = useMemo(
    () => ({ confirm: (appointment: Appointment) => void confirm(appointment), decline: setDeclining }),
    [confirm],
  );
  const onDecided = useCallback((after?: Appointment) => {
    if (after) useAhead.getState().settle(after);
    setDeclining(undefined);
  }, []);
  return { decide, declining, onDecided };
}

function noChoice(): void {
  // Outside of the calendar nothing is decided.
}
