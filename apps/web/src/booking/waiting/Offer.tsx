/** What is kept for this guest alone, for a while. */

import type { Waiting } from "../api/types";
import { Lines } from "../booked/Lines";
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
  if (seconds === 0) return <p>{words.offerOver}</p>;
  return (
    <>
      <Countdown seconds={seconds} says={words.offeredUntil} />
      <Lines appointment={offer.appointment}>{offer.deposit && <p>{words.deposit(money(offer.deposit))}</p>}</Lines>
      <button type="button" className="button main" disabled={isBusy} onClick={accept}>
        {words.accept}
      </button>
    </>
  );
}
