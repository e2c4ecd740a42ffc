/** What a guest is told when they cannot get in line, or what was offered is gone. */

import { codeOf, isPassing } from "../api/request";
import type { Messages } from "../i18n/en";

const SAID: Readonly<Record<string, keyof Messages>> = {
  AlreadyWaiting: "alreadyWaiting",
  AlreadyInSession: "alreadyWaiting",
  SeatsLeft: "seatsFree",
  NothingOffered: "offerOver",
  BookingEnded: "offerOver",
  TooManyRequests: "tooMany",
  CaptchaFailed: "captchaFailed",
};

export function saidOfWaiting(error: unknown, words: Messages): string {
  const said = words[SAID[codeOf(error) ?? ""] ?? (isPassing(error) ? "later" : "unknownFailure")];
  return typeof said === "string" ? said : words.unknownFailure;
}
