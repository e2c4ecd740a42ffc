/** What a guest is told, and can do, when a card does not work: by Stripe's codes (https://docs.stripe.com/error-codes). */

import type { Messages } from "../i18n/en";
import type { StripeError } from "./stripe";

const BY_CODE: Readonly<Record<string, keyof Messages>> = {
  card_declined: "declined",
  insufficient_funds: "insufficient",
  expired_card: "expiredCard",
  incorrect_cvc: "wrongCvc",
  invalid_cvc: "wrongCvc",
  incomplete_cvc: "wrongCvc",
  incorrect_number: "wrongNumber",
  invalid_number: "wrongNumber",
  incomplete_number: "wrongNumber",
  payment_intent_authentication_failure: "notAuthenticated",
  processing_error: "processingError",
};

export function saidOfPayment(error: StripeError, words: Messages): string {
  if (error.type === "api_connection_error") return words.bankUnreachable;
  const known = BY_CODE[error.decline_code ?? ""] ?? BY_CODE[error.code ?? ""] ?? "payFailed";
  const said = words[known];
  return typeof said === "string" ? said : words.payFailed;
}
