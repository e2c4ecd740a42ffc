/** Money in minor units of ISO 4217, and as people type it. */

import { formatTag, type Locale } from "../i18n/words";

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const NO_MINOR_UNIT = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMALS = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));
const ARABIC_ZERO = 0x0660;

/** How many decimals a currency has by ISO 4217; `Intl` knows what is usual instead. */
export function decimals(currency: string): number {
  if (NO_MINOR_UNIT.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** As it stands in a field: 15000 AED is `150`, 15050 is `150.50`. */
export function typed({ amount, currency }: Money): string {
  const digits = decimals(currency);
  const whole = Math.floor(amount / 10 ** digits);
  const rest = amount % 10 ** digits;
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(digits, "0")}`;
}

/** What was typed, in Latin or Arabic digits; null when it is no amount of that currency. */
export function parsedMoney(text: string, currency: string): Money | null {
  const latin = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
    .replace("٫", ".");
  const found = /^(\d{1,10})(?:[.,](\d{1,3}))?$/.exec(latin);
  const digits = decimals(currency);
  if (!found || (found[2] ?? "").length > digits) return null;
  return { amount: Number(`${found[1] ?? "0"}${(found[2] ?? "").padEnd(digits, "0")}`), currency };
}

/** As it is read: without decimals when there are none to say. */
export function writtenMoney({ amount, currency }: Money, locale: Locale): string {
  const digits = decimals(currency);
  const isRound = amount % 10 ** digits === 0;
  return new Intl.NumberFormat(formatTag(locale), {
    style: "currency",
    currency,
    minimumFractionDigits: isRound ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
