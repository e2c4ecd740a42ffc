import { useQuery } from "@tanstack/react-query";
import type { Shape } from "../../lib/api/client";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { bookingPagesQuery, type BookingPage } from "../../lib/requests/listBookingPages";
import { paymentsOf } from "../../lib/requests/listPayments";
import { duration, money } from "../../lib/time/format";
import { kept } from "./kept";
import { cancelWords } from "./words";

interface GivenBackProps {
  readonly appointment: Shape<"AppointmentDetails">;
  readonly isAsked: boolean;
}

/** What becomes of the deposit: all of it goes back, but when the customer asked for it what they were told. */
export function GivenBack({ appointment, isAsked }: GivenBackProps) {
  const words = useWords(cancelWords);
  const locale = useLocale();
  const payments = useQuery(paymentsOf(appointment.id));
  const paid = kept(payments.data ?? []);
  const pages = useQuery({ ...bookingPagesQuery, enabled: isAsked && paid !== undefined });
  if (!paid) return null;
  const amount = money(paid, locale);
  const page = pages.data?.find(({ id }) => id === appointment.bookingPageId);
  return (
    <p className="field__hint" role="status">
      {isAsked ? `${words.byPolicy(amount)} ${page ? sentence(page) : ""}` : words.allBack(amount)}
    </p>
  );

  function sentence({ cancelWindowMinutes, refundPolicy }: BookingPage): string {
    const late = refundPolicy.late === "percent" ? (refundPolicy.percent ?? 0) : 0;
    if (cancelWindowMinutes === 0) return words.untilTheStart;
    return words.policy(duration(cancelWindowMinutes, locale), late);
  }
}
