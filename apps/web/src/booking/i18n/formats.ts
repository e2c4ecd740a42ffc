/** Amounts, lengths, dates and hours in the language of a page. Digits are Latin in every language. */

import type { Money } from "../api/types";

const HOUR = 60; // minutes
const NONE = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "));
const THREE = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));

/** How many decimals a currency has by ISO 4217; `Intl` knows what is usual instead. */
export function decimals(currency: string): number {
  if (NONE.has(currency)) return 0;
  return THREE.has(currency) ? 3 : 2;
}

export interface Formats {
  readonly locale: string;
  readonly money: (money: Money) => string;
  /** In hours and minutes. */
  readonly minutes: (minutes: number) => string;
  readonly names: (names: readonly string[]) => string;
  /** Minutes and seconds, such as 4:59. */
  readonly countdown: (seconds: number) => string;
  /** Of a local date, `YYYY-MM-DD`: Monday, 7 December. */
  readonly day: (date: string) => string;
  /** Of a local date: Mon, 7 Dec. */
  readonly shortDay: (date: string) => string;
  readonly time: (instant: string, zone: string, hour12?: boolean) => string;
  /** Day and hour. */
  readonly moment: (instant: string, zone: string, hour12?: boolean) => string;
  /** Day and hour: Mon, 7 Dec, 9:00. */
  readonly shortMoment: (instant: string, zone: string, hour12?: boolean) => string;
  /** Two things of one kind with a comma: a moment, and where. */
  readonly beside: (one: string, other: string) => string;
  readonly weekday: (instant: string, zone: string) => string;
}

/** Of a BCP 47 tag. */
export function formatsOf(tag: string): Formats {
  const locale = known(tag);
  const unit = (unit: string) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  const [hours, minutes] = [unit("hour"), unit("minute")];
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const ofDate = (date: string, style: Intl.DateTimeFormatOptions) =>
    dates(locale, { ...style, timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
  return {
    locale,
    money: (money) => written(locale, money),
    minutes: (total) => {
      const [whole, rest] = [Math.floor(total / HOUR), total % HOUR];
      const parts = [...(whole ? [hours.format(whole)] : []), ...(rest ? [minutes.format(rest)] : [])];
      return list.format(parts);
    },
    names: (names) => list.format(names),
    countdown: (seconds) => {
      const left = Math.max(0, seconds);
      return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    },
    day: (date) => ofDate(date, { weekday: "long", day: "numeric", month: "long" }),
    shortDay: (date) => ofDate(date, SHORT_DAY),
    time: (instant, zone, hour12) =>
      dates(locale, { ...HOURS, ...clock(hour12), timeZone: zone }).format(new Date(instant)),
    moment: (instant, zone, hour12) =>
      dates(locale, {
        weekday: "long",
        day: "numeric",
        month: "long",
        ...HOURS,
        ...clock(hour12),
        timeZone: zone,
      }).format(new Date(instant)),
    shortMoment: (instant, zone, hour12) =>
      dates(locale, { ...SHORT_DAY, ...HOURS, ...clock(hour12), timeZone: zone }).format(new Date(instant)),
    beside: (one, other) => one + (locale.startsWith("ar") ? "، " : ", ") + other,
    weekday: (instant, zone) => dates(locale, { weekday: "short", timeZone: zone }).format(new Date(instant)),
  };
}

const SHORT_DAY: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
const HOURS: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };

function clock(hour12: boolean | undefined): Intl.DateTimeFormatOptions {
  if (hour12 === undefined) return {};
  return hour12 ? { hourCycle: "h12" } : { hourCycle: "h23", hour: "2-digit" };
}

const made = new Map<string, Intl.DateTimeFormat>();

function dates(locale: string, how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(how)}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, how);
  made.set(key, format);
  return format;
}

function written(locale: string, { amount, currency }: Money): string {
  const digits = decimals(currency);
  const isRound = amount % 10 ** digits === 0;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: isRound ? 0 : digits,
    maximumFractionDigits: digits,
  });
  return format.format(amount / 10 ** digits);
}

function known(tag: string): string {
  try {
    return new Intl.Locale(tag, { numberingSystem: "latn", calendar: "gregory" }).toString();
  } catch {
    return "en-u-ca-gregory-nu-latn";
  }
}
