/** What a new business most likely is: guessed from the browser, to be changed by whoever signs up. */

import type { Range, Week } from "../../lib/hours/week";

const CURRENCY_OF_ZONE: readonly (readonly [RegExp, string])[] = [
  [/^Asia\/(Dubai|Muscat)$/, "AED"],
  [/^Asia\/(Riyadh|Aden)$/, "SAR"],
  [/^Asia\/Kuwait$/, "KWD"],
  [/^Asia\/Bahrain$/, "BHD"],
  [/^Asia\/Qatar$/, "QAR"],
  [/^Asia\/(Kolkata|Calcutta)$/, "INR"],
  [/^Asia\/Tokyo$/, "JPY"],
  [/^Africa\/Cairo$/, "EGP"],
  [/^Europe\/London$/, "GBP"],
  [/^Europe\/Zurich$/, "CHF"],
  [/^Europe\/Istanbul$/, "TRY"],
  [/^Europe\//, "EUR"],
  [/^Australia\//, "AUD"],
  [/^America\/(New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit)$/, "USD"],
  [/^America\/(Toronto|Vancouver|Edmonton|Winnipeg|Halifax)$/, "CAD"],
];

const FRIDAY_AND_SATURDAY_OFF = /^(Asia\/(Riyadh|Kuwait|Bahrain|Qatar|Muscat|Amman|Baghdad)|Africa\/(Cairo|Tripoli))$/;
const SHORTEST_SLUG = 3;
const LONGEST_SLUG = 60;

/** The money of a place; dirhams where nothing is known, as the API would have it. */
export function currencyOf(zone: string): string {
  return CURRENCY_OF_ZONE.find(([places]) => places.test(zone))?.[1] ?? "AED";
}

/** Nine to five on the working days of a place. */
export function usualWeek(zone: string): Week {
  const usual: readonly Range[] = [{ start: "09:00", end: "17:00" }];
  return FRIDAY_AND_SATURDAY_OFF.test(zone)
    ? { 1: usual, 2: usual, 3: usual, 4: usual, 5: [], 6: [], 7: usual }
    : { 1: usual, 2: usual, 3: usual, 4: usual, 5: usual, 6: [], 7: [] };
}

/** An address for a booking page: what is Latin in the name, without accents; empty when too little is left. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  const slug = plain
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_SLUG)
    .replace(/^-|-$/g, "");
  return slug.length < SHORTEST_SLUG ? "" : slug;
}
