import { useMutation } from "@tanstack/react-query";
import { toast } from "../../../components/toasts";
import { isProblem, NO_ANSWER } from "../../../lib/api/problem";
import { conflictsOf, isAllowable, sentence } from "../../../lib/conflicts/conflicts";
import { useLocale, useWords } from "../../../lib/i18n/locale";
import { useKeys } from "../../../lib/requests/useKeys";
import { useFormats } from "../../../lib/time/business";
import { useAhead } from "../ahead";
import { createAppointment, type NewAppointment as Body } from "../createAppointment";
import type { Appointment } from "../readRange";
import { createSeries } from "../series/createSeries";
import { refusedOf } from "../series/refused";
import { seriesWords } from "../series/words";
import { editorWords } from "./words";

export interface Wanted {
  readonly body: Body;
  /** By which it repeats, if it does. */
  readonly rrule: string | undefined;
  /** Whether what cannot be booked of a series is left out. */
  readonly skips: boolean;
}

/** Books one appointment, or a series. */
export function useCreate(onDone: () => void) {
  const words = useWords(editorWords);
  const ofSeries = useWords(seriesWords);
  const formats = useFormats();
  const locale = useLocale();
  const keys = useKeys();
  const create = useMutation({
    mutationFn: (wanted: Wanted) => booked(wanted, { "Idempotency-Key": keys(wanted) }),
    onSuccess: (made, { rrule }) => {
      for (const each of made) useAhead.getState().settle(each);
      const first = formats.moment(new Date(made[0]?.start ?? ""));
      toast({ kind: "done", text: rrule ? ofSeries.bookedTimes(made.length, first) : words.booked(first) });
      onDone();
    },
    // What was refused may be had the next time; what was not answered may have been done.
    onError: (error, wanted) => {
      if (!isProblem(error, NO_ANSWER)) keys.forget(wanted);
    },
  });
  const refused = refusedOf(create.error);
  const conflicts = refused.length > 0 ? refused.flatMap((each) => each.conflicts) : conflictsOf(create.error);
  return {
    ...create,
    refused,
    why: refused.length > 0 ? "" : conflicts.map((conflict) => sentence(conflict, formats, locale)).join("; "),
    canAllow: isAllowable(conflicts),
  };
}

async function booked({ body, rrule, skips }: Wanted, key: Record<string, string>): Promise<readonly Appointment[]> {
  if (!rrule) return [await createAppointment(body, key)];
  const allow = [...(body.allow ?? []), ...(skips ? (["skipConflicts"] as const) : [])];
  return (await createSeries({ ...body, rrule, allow }, key)).items;
}
