/** Paying the deposit of a booking, with as many cards as it takes, for as long as its time is kept. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { managedQuery, pay } from "../api/managed";
import { codeOf, isPassing } from "../api/request";
import type { Page, ToPay } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { Countdown } from "../layout/Countdown";
import { TryAgain } from "../layout/TryAgain";
import { useCountdown } from "../layout/useCountdown";
import { Waiting } from "../layout/Waiting";
import { saidOfPayment } from "./refusals";
import { isPaid, type CardForm, type StripeError } from "./stripe";
import { useCardForm } from "./useCardForm";

interface Props {
  readonly token: string;
  readonly page: Page;
}

/** The time to pay is over; `SlotTaken` and the like when somebody else had the time by then, and nothing was taken. */
const OVER = new Set(["AlreadyOver", "SlotTaken", "NotBookable", "PriceChanged"]);

function isOver(error: unknown): boolean {
  return OVER.has(codeOf(error) ?? "");
}

export default function Payment({ token, page }: Props) {
  const words = useWords();
  const due = useQuery({
    queryKey: ["payment", token],
    queryFn: () => pay(token),
    staleTime: Infinity,
    retry: (failures, error) => failures < 3 && isPassing(error),
  });
  const seconds = useCountdown(due.data?.expiresAt);
  if (seconds === 0 || isOver(due.error)) return <p role="alert">{words.payOver}</p>;
  if (codeOf(due.error) === "NothingToPay") return <Confirming token={token} />;
  if (due.isError) return <TryAgain says={words.cardFormDown} again={() => void due.refetch()} />;
  if (!due.data || seconds === undefined) return <Waiting label={words.loadingCard} />;
  return (
    <>
      <Countdown seconds={seconds} says={words.payUntil} />
      <Card token={token} page={page} due={due.data} />
    </>
  );
}

function Card({ token, page, due }: Props & { readonly due: ToPay }) {
  const words = useWords();
  const { money } = useFormats();
  const [isPaidNow, setPaid] = useState(false);
  const { place, form, isDown, again } = useCardForm(page, due, token);
  if (isPaidNow) return <Confirming token={token} />;
  return (
    <>
      <p>{words.paymentFor(money(due))}</p>
      <div className="payment-place" ref={place} />
      {isDown && <TryAgain says={words.cardFormDown} again={again} />}
      {!form && !isDown && <Waiting lines={2} label={words.loadingCard} />}
      {form && (
        <PayButton
          form={form}
          due={due}
          onPaid={() => {
            setPaid(true);
          }}
        />
      )}
    </>
  );
}

interface ButtonProps {
  readonly form: CardForm;
  readonly due: ToPay;
  readonly onPaid: () => void;
}

function PayButton({ form, due, onPaid }: ButtonProps) {
  const words = useWords();
  const { money } = useFormats();
  const [isPaying, setPaying] = useState(false);
  const [error, setError] = useState<StripeError>();
  const start = async () => {
    setPaying(true);
    setError(undefined);
    const result = await form.pay();
    setPaying(false);
    if (isPaid(result)) onPaid();
    else setError(result.error ?? { type: "unknown" });
  };
  return (
    <div className="submit">
      {error && (
        <p className="error" role="alert">
          {saidOfPayment(error, words)}
        </p>
      )}
      <button type="button" className="button main" disabled={isPaying} onClick={() => void start()}>
        {isPaying ? words.paying : words.pay(money(due))}
      </button>
    </div>
  );
}

const LOOK_EVERY = 1_000; // milliseconds
const PATIENCE = 45; // looks

/** The card is accepted; our server hears of it from Stripe. */
function Confirming({ token }: Pick<Props, "token">) {
  const words = useWords();
  const queries = useQueryClient();
  const seen = useQuery({
    ...managedQuery(token),
    refetchInterval: ({ state }) => (state.data?.payment && state.dataUpdateCount < PATIENCE ? LOOK_EVERY : false),
  });
  const isLate = (queries.getQueryState(["managed", token])?.dataUpdateCount ?? 0) >= PATIENCE;
  return (
    <div role="status" aria-busy={!isLate}>
      <p>{isLate && seen.data?.payment ? words.stillConfirming : words.confirming}</p>
      {!isLate && <Waiting lines={2} label={words.confirming} />}
    </div>
  );
}
