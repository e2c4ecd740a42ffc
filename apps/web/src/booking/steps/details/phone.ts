/** A phone number as it is typed, and as it is sent. */

import { COUNTRIES, countryOf, dialOf, type Country } from "./countries";

/** In E.164; null when it is no number of the country. A number that begins with + or 00 has its country itself. */
export function e164(country: string, typed: string): string | null {
  const text = plain(typed);
  if (!/^\+?\d+$/.test(text)) return null;
  if (isWhole(typed)) return ofAny(text.replace(/^(?:\+|00)/, ""));
  const there = countryOf(country);
  return there ? numberOf(there, text) : null;
}

/** Whether it names its country itself. */
export function isWhole(typed: string): boolean {
  return /^(?:\+|00)/.test(plain(typed));
}

function ofAny(digits: string): string | null {
  for (const country of COUNTRIES) {
    const { calling } = dialOf(country);
    const found = digits.startsWith(calling) ? numberOf(country, digits.slice(calling.length)) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Without the trunk prefix, also where it was typed after the calling code. */
function numberOf(country: Country, digits: string): string | null {
  const { lengths, trunk } = country;
  const { calling, area } = dialOf(country);
  const without = trunk !== "" && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits;
  const national = [without, digits, area + without].find(({ length }) => lengths.has(length));
  return national === undefined ? null : `+${calling}${national}`;
}

/** Without what only makes it easier to read; Arabic and Persian digits as Latin ones. */
function plain(typed: string): string {
  const text = typed.replaceAll(/[\s().\-/\u00a0]/g, "");
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));
}
