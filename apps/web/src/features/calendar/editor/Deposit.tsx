import { useQuery } from "@tanstack/react-query";
import { Button } from "../../../components/Button";
import { kept } from "../../../components/cancel/kept";
import { FormError } from "../../../components/states";
import { useLocale, useWords } from "../../../lib/i18n/locale";
import { paymentsOf, type Payment } from "../../../lib/requests/listPayments";
import { useMe } from "../../../lib/session/me";
import { useFormats } from "../../../lib/time/business";
import { money } from "../../../lib/time/format";
import type { Appointment } from "../readRange";
import { useRefund } from "./refund";
import { editorWords } from "./words";

/** What was paid in advance, and giving it back. */
export function Deposit({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(editorWords);
  const { data } = useQuery(paymentsOf(appointment.id));
  const isOwner = useMe().user.role === "owner";
  const refund = useRefund(appointment.id);
  if (!data || data.length === 0) return null;
  const paid = isOwner && kept(data) ? data.find(({ kind }) => kind === "captured") : undefined;
  return (
    <section>
      <h3>{words.deposit}</h3>
      <FormError error={refund.error} />
      <ul role="list" className="trail">
        {data.map((payment) => (
          <Movement key={payment.id} payment={payment} />
        ))}
      </ul>
      {paid && (
        <div className="form__actions">
          <Button isBusy={refund.isPending} onClick={() => refund.mutate(paid.id)}>
            {words.refund}
          </Button>
        </div>
      )}
    </section>
  );
}

function Movement({ payment }: { readonly payment: Payment }) {
  const words = useWords(editorWords);
  const formats = useFormats();
  const locale = useLocale();
  return (
    <li>
      <span>
        {words[payment.kind]} · {money(payment.amount, locale)}
      </span>
      <time dateTime={payment.at}>{formats.moment(new Date(payment.at))}</time>
    </li>
  );
}
