import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../../components/Button";
import { CancelForm } from "../../../components/cancel/CancelForm";
import { decidingWords } from "../../../components/deciding/words";
import { FormError } from "../../../components/states";
import { useWords } from "../../../lib/i18n/locale";
import { setStatus } from "../../../lib/requests/setStatus";
import { useAhead } from "../ahead";
import type { Appointment, Status } from "../readRange";
import { editorWords } from "./words";

/** What may become of it, from where it is. */
const NEXT: Record<Status, readonly Status[]> = {
  PENDING: ["CONFIRMED"],
  CONFIRMED: ["COMPLETED", "NO_SHOW"],
  COMPLETED: ["NO_SHOW"],
  NO_SHOW: ["COMPLETED"],
  CANCELLED: [],
};

export function StatusActions({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(editorWords);
  const deciding = useWords(decidingWords);
  const change = useStatus(appointment);
  const [isCancelling, setCancelling] = useState(false);
  const { status } = appointment;
  const says: Partial<Record<Status, string>> = {
    CONFIRMED: deciding.confirm,
    COMPLETED: words.complete,
    NO_SHOW: words.noShow,
  };
  return (
    <section>
      <FormError error={change.error} />
      <div className="appointment__lead">
        {NEXT[status].map((next) => (
          <Button
            key={next}
            kind={next === "CONFIRMED" ? "primary" : "secondary"}
            isBusy={change.isPending}
            onClick={() => change.mutate({ status: next })}
          >
            {says[next]}
          </Button>
        ))}
        {(status === "PENDING" || status === "CONFIRMED") && !isCancelling && (
          <Button onClick={() => setCancelling(true)}>{status === "PENDING" ? deciding.decline : words.cancel}</Button>
        )}
      </div>
      {isCancelling && status !== "CANCELLED" && (
        <CancelForm
          appointment={appointment}
          onKeep={() => setCancelling(false)}
          onDone={(after) => {
            if (after) useAhead.getState().settle(after);
            setCancelling(false);
          }}
        />
      )}
    </section>
  );
}

function useStatus(appointment: Appointment) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (to: { status: Status }) => setStatus(appointment.id, to),
    onSuccess: (changed) => useAhead.getState().settle(changed),
    onSettled: () => client.invalidateQueries({ queryKey: ["appointment", appointment.id] }),
  });
}
