/** Dates as people write them: `tomorrow`, `fri`, `12 dec`, `24.12.`, `2026-12-24`. */

import { formatTag, type Locale } from "../../lib/i18n/words";
import { weekday } from "../../lib/time/weekdays";
import { addDays } from "../../lib/time/zone";

const RELATIVE: Readonly<Record<Locale, Readonly<Record<string, number>>>> = {
  en: { today: 0, tomorrow: 1, yesterday: -1 },
  ar: { اليوم: 0, غدا: 1, غدًا: 1, أمس: -1, امس: -1 },
};
const SHORTEST = 3; // letters of a name
const NUMBERS = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}))?\.?$/;
const DAY_FIRST = /^(\d{1,2})\.?\s+(\p{L}+)\.?(?:\s+(\d{4}))?$/u;
const MONTH_FIRST = /^(\p{L}+)\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?$/u;

/** The date that is meant, such as `2026-12-24`: without a year the next one. Undefined when it is none. */
export function dateOf(text: string, today: string, locale: Locale): string | undefined {
  const said = text.trim().toLocaleLowerCase(locale).replace(/[٠-٩]/g, westernDigit);
  const days = RELATIVE[locale][said];
  if (days !== undefined) return addDays(today, days);
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return real(said);
  return nextWeekday(said, today, locale) ?? ofNumbers(said, today) ?? ofMonthName(said, today, locale);
}

function nextWeekday(said: string, today: string, locale: Locale): string | undefined {
  const [, name = ""] = /^(?:next )?(\p{L}+)$/u.exec(said) ?? [];
  if (name.length < SHORTEST) return undefined;
  const names = [1, 2, 3, 4, 5, 6, 7].map((day) => weekday(locale, day).toLocaleLowerCase(locale));
  const wanted = names.findIndex((each) => each.startsWith(name) || withoutArticle(each).startsWith(name)) + 1;
  if (wanted === 0) return undefined;
  const now = new Date(`${today}T00:00:00Z`).getUTCDay() || 7;
  return addDays(today, ((wanted - now + 6) % 7) + 1);
}

function ofNumbers(said: string, today: string): string | undefined {
  const [, day, month, year] = NUMBERS.exec(said) ?? [];
  return day && month ? dated(Number(day), Number(month), year, today) : undefined;
}

function ofMonthName(said: string, today: string, locale: Locale): string | undefined {
  const [, day, after, year] = DAY_FIRST.exec(said) ?? [];
  if (day && after) return dated(Number(day), monthOf(after, locale), year, today);
  const [, before, of, inYear] = MONTH_FIRST.exec(said) ?? [];
  return before && of ? dated(Number(of), monthOf(before, locale), inYear, today) : undefined;
}

/** 1 for January; 0 when it is no month. */
function monthOf(name: string, locale: Locale): number {
  if (name.length < SHORTEST) return 0;
  const format = new Intl.DateTimeFormat(formatTag(locale), { month: "long", timeZone: "UTC" });
  const names = Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)));
  return names.findIndex((each) => each.toLocaleLowerCase(locale).startsWith(name)) + 1;
}

function dated(day: number, month: number, year: string | undefined, today: string): string | undefined {
  const at = (which: number) => real([which, two(month), two(day)].join("-"));
  if (year) return at(Number(year));
  const now = Number(today.slice(0, 4));
  const found = at(now);
  return found && found >= today ? found : (at(now + 1) ?? found);
}

/** Undefined for the 31st of June. */
function real(date: string): string | undefined {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date) ? date : undefined;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function withoutArticle(name: string): string {
  return name.replace(/^ال/, "");
}

function westernDigit(digit: string): string {
  return String(digit.charCodeAt(0) - 0x660);
}
