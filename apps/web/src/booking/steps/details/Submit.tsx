/** What is due, the button, and what went wrong. */

import type { Page, Service } from "../../api/types";
import { useFormats, useWords } from "../../i18n/messages";
import { lostTime, saidOf } from "./refusals";
import type { Booking } from "./useBooking";

interface Props {
  readonly page: Page;
  readonly service: Service;
  readonly booking: Booking;
  readonly isReady: boolean;
}

export function Submit({ page, service, booking, isReady }: Props) {
  const words = useWords();
  const formats = useFormats();
  const isWrong = booking.isError && !lostTime(booking.error);
  return (
    <div className="submit">
      <Due page={page} service={service} />
      {isWrong && (
        <p className="error" role="alert">
          {saidOf(booking.error, words, formats)}
        </p>
      )}
      <button type="submit" className="button main" disabled={booking.isPending || !isReady}>
        {booking.isPending ? words.booking : label(page, service, words)}
      </button>
      {booking.isPending && (
        <p className="quiet" role="status">
          {words.bookingSlow}
        </p>
      )}
    </div>
  );
}

function label(page: Page, { depositDue }: Service, words: ReturnType<typeof useWords>): string {
  if (depositDue && page.payments) return words.goToPayment;
  return page.confirmation === "manual" ? words.request : words.book;
}

function Due({ page, service: { price, depositDue } }: Pick<Props, "page" | "service">) {
  const words = useWords();
  const { money } = useFormats();
  if (depositDue && page.payments) {
    const isAll = depositDue.amount === price.amount;
    return <p>{isAll ? words.fullFirst(money(price)) : words.depositFirst(money(depositDue))}</p>;
  }
  if (depositDue) return <p className="notice">{words.payThere(money(price))}</p>;
  return null;
}
