import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DeclineDialog } from "../../components/cancel/DeclineDialog";
import { DecideButtons } from "../../components/deciding/DecideButtons";
import { decidingWords } from "../../components/deciding/words";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import type { Shape } from "../../lib/api/client";
import { who } from "../../lib/appointments/names";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { pendingQuery } from "./requests/listPending";
import { useConfirm } from "./requests/confirm";
import { homeWords } from "./words";

export function Pending({ day }: { readonly day: string }) {
  const words = useWords(homeWords);
  const query = useQuery(pendingQuery(useBusinessZone(), day));
  return (
    <Section title={words.pending}>
      <Loaded query={query} lines={2}>
        {(appointments) =>
          appointments.length === 0 ? (
            <p className="field__hint">{words.noPending}</p>
          ) : (
            <>
              <p className="field__hint">{words.pendingLead}</p>
              <ul className="rows">
                {appointments.map((appointment) => (
                  <PendingRow key={appointment.id} appointment={appointment} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function PendingRow({ appointment }: { readonly appointment: Shape<"AppointmentDetails"> }) {
  const words = useWords(homeWords);
  const { isConfirmed } = useWords(decidingWords);
  const formats = useFormats();
  const [isDeclining, setDeclining] = useState(false);
  const name = who(appointment);
  const confirm = useConfirm(() => toast({ kind: "done", text: isConfirmed(name) }));
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {appointment.customer?.name ?? words.nobody}
        </p>
        <p className="rows__more">
          {formats.moment(new Date(appointment.start))} · <bdi>{appointment.serviceName}</bdi>
        </p>
        <FormError error={confirm.error} />
      </div>
      <div className="rows__end">
        <DecideButtons
          name={name}
          isBusy={confirm.isPending}
          onConfirm={() => confirm.mutate(appointment.id)}
          onDecline={() => setDeclining(true)}
        />
      </div>
      {isDeclining && (
        <DeclineDialog
          appointment={appointment}
          onKeep={() => setDeclining(false)}
          onDone={() => setDeclining(false)}
        />
      )}
    </li>
  );
}
