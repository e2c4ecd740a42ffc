/** What is kept for this guest alone, for a while. */

import type { Waiting } from "../api/types";
import { When } from "../booked/When";
import { useFormats, useWords } from "../i18n/messages";
import { Countdown } from "../layout/Countdown";
import { useCountdown } from "../layout/useCountdown";

interface Props {
  readonly offer: NonNullable<Waiting["offer"]>;
  readonly isBusy: boolean;
  readonly accept: () => void;
}

export function Offer({ offer, isBusy, accept }: Props) {
  const words = useWords();
  const { money } = useFormats();
  const seconds = useCountdown(offer.until) ?? 0;
  const { serviceName, staffName, start, timezone, price } = offer.appointment;
  if (seconds === 0) return <p>{words.offerOver}</p>;
  return (
    <>
      <Countdown seconds={seconds} says={words.offeredUntil} />
      <div className="chosen">
        <div className="first">
          <span className="what" dir="auto">
            {serviceName}
          </span>
          <span>{price.amount === 0 ? words.free : money(price)}</span>
        </div>
        <p dir="auto">{words.withStaff(staffName)}</p>
        <When start={start} timezone={timezone} />
        {offer.deposit && <p>{words.deposit(money(offer.deposit))}</p>}
      </div>
      <button type="button" className="button main" disabled={isBusy} onClick={accept}>
        {words.accept}
      </button>
    </>
  );
}
