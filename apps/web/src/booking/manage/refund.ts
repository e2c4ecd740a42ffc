/** What a guest gets back who cancels now, in words. */

import type { Managed } from "../api/types";
import type { Messages } from "../i18n/en";
import type { Formats } from "../i18n/formats";

export function refundSaid({ paid, refundIfCancelledNow }: Managed, words: Messages, { money }: Formats): string {
  if (!paid) return words.refundNone;
  if (!refundIfCancelledNow || refundIfCancelledNow.amount === 0) return words.refundNothing;
  return words.refundAll(money(refundIfCancelledNow));
}
