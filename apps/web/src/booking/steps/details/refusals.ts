/** What a guest is told when booking did not work. */

import { isPassing, Refused, type Problem } from "../../api/request";
import type { Messages } from "../../i18n/en";
import type { Formats } from "../../i18n/formats";

/** The problem of a time that cannot be had (any more); undefined when it is something else. */
export function lostTime(error: unknown): Problem | undefined {
  if (!(error instanceof Refused)) return undefined;
  return ["SlotTaken", "NotBookable"].includes(error.problem.code) ? error.problem : undefined;
}

const SAID: Readonly<Record<string, keyof Messages>> = {
  CaptchaFailed: "captchaFailed",
  CaptchaUnavailable: "later",
  TooManyRequests: "tooMany",
  BookingEnded: "bookingEnded",
  IdempotencyKeyReused: "maybeBooked",
  RequestInProgress: "later",
  NotFound: "nothingToBook",
};

export function saidOf(error: unknown, words: Messages, { money }: Formats): string {
  if (!(error instanceof Refused)) return isPassing(error) ? words.offline : words.unknownFailure;
  const { price, errors } = error.problem;
  if (price) return words.priceChanged(money(price));
  return errors?.length ? words.fieldsRefused : saidOfCode(error, words);
}

function saidOfCode(error: Refused, words: Messages): string {
  const said = words[SAID[error.problem.code] ?? (isPassing(error) ? "later" : "unknownFailure")];
  return typeof said === "string" ? said : words.unknownFailure;
}
