/** An appointment in a few lines. */

import type { Managed, Page } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { Lines } from "./Lines";

interface Props {
  readonly managed: Managed;
  /** undefined when the page is gone. */
  readonly page: Page | undefined;
}

export function Facts({ managed, page }: Props) {
  return (
    <Lines appointment={managed.appointment}>
      {page?.address && (
        <p className="quiet" dir="auto">
          {page.address}
        </p>
      )}
      <Money managed={managed} />
    </Lines>
  );
}

/** What was paid, or is to be, and the rest. */
function Money({ managed }: Pick<Props, "managed">) {
  const words = useWords();
  const { money } = useFormats();
  const { appointment, payment, paid } = managed;
  if (appointment.status === "CANCELLED") return null; // nothing is to be paid any more
  if (payment) return <p>{words.depositDue(money(payment))}</p>;
  if (!paid) return null;
  const rest = { ...appointment.price, amount: appointment.price.amount - paid.amount };
  return (
    <>
      <p>{words.depositPaid(money(paid))}</p>
      {rest.amount > 0 && <p>{words.restThere(money(rest))}</p>}
    </>
  );
}
