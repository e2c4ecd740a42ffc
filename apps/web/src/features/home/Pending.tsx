import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { Button, IconButton } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { pendingQuery } from "./requests/listPending";
import { useDecide } from "./requests/setStatus";
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
  const formats = useFormats();
  const decide = useDecide();
  const who = appointment.customer?.name ?? words.nobody;
  const decided = (status: "CONFIRMED" | "CANCELLED", text: string) =>
    decide.mutate({ id: appointment.id, status }, { onSuccess: () => toast({ kind: "done", text }) });
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {who}
        </p>
        <p className="rows__more">
          {formats.moment(new Date(appointment.start))} · <bdi>{appointment.serviceName}</bdi>
        </p>
        <FormError error={decide.error} />
      </div>
      <div className="rows__end">
        <Button
          icon={<Check />}
          aria-label={words.confirmThis(who)}
          isBusy={decide.isPending}
          onClick={() => decided("CONFIRMED", words.confirmed(who))}
        >
          {words.confirm}
        </Button>
        <IconButton
          label={words.declineThis(who)}
          icon={<X />}
          isBusy={decide.isPending}
          onClick={() => decided("CANCELLED", words.declined(who))}
        />
      </div>
    </li>
  );
}
