/** An appointment in a few lines. */

import type { Managed, Page } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { When } from "./When";

interface Props {
  readonly managed: Managed;
  /** undefined when the page is gone. */
  readonly page: Page | undefined;
}

export function Facts({ managed, page }: Props) {
  const words = useWords();
  const { money } = useFormats();
  const { serviceName, staffName, price, start, timezone } = managed.appointment;
  return (
    <div className="chosen">
      <div className="first">
        <span className="what" dir="auto">
          {serviceName}
        </span>
        <span>{price.amount === 0 ? words.free : money(price)}</span>
      </div>
      <p dir="auto">{words.withStaff(staffName)}</p>
      <When start={start} timezone={timezone} />
      {page?.address && (
        <p className="quiet" dir="auto">
          {page.address}
        </p>
      )}
      <Money managed={managed} />
    </div>
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
