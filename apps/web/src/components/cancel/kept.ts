/** How much of a deposit is with the business. */

import type { Payment } from "../../lib/requests/listPayments";

type Movement = Pick<Payment, "kind" | "amount">;

/** What was taken and not given back since; undefined when that is nothing. */
export function kept(payments: readonly Movement[]): Payment["amount"] | undefined {
  const sum = (kind: Payment["kind"]) =>
    payments.filter((each) => each.kind === kind).reduce((total, { amount }) => total + amount.amount, 0);
  const taken = payments.find(({ kind }) => kind === "captured");
  const amount = sum("captured") - sum("refunded");
  return taken && amount > 0 ? { amount, currency: taken.amount.currency } : undefined;
}
