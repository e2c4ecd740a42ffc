/** The language that is spoken now: the person's choice, else the browser's. */

import { create } from "zustand";
import { keep, kept } from "../kept";
import { directionOf, LOCALES, localeOf, type Catalogues, type Locale, type Phrase } from "./words";

const KEPT = "sundial.locale";

interface Spoken {
  readonly locale: Locale;
  readonly speak: (locale: Locale) => void;
}

export const useSpoken = create<Spoken>((set) => ({
  locale:
    LOCALES.find((locale) => locale === kept(KEPT)) ??
    localeOf(typeof navigator === "undefined" ? [] : navigator.languages),
  speak: (locale) => {
    keep(KEPT, locale);
    set({ locale });
    showLocale(locale);
  },
}));

export function useLocale(): Locale {
  return useSpoken((spoken) => spoken.locale);
}

/** A part's words in the language that is spoken now. */
export function useWords<Words extends Readonly<Record<string, Phrase>>>(all: Catalogues<Words>): Words {
  return all[useLocale()] as Words;
}

/** Says language and direction in the document: fonts, hyphens, screen readers and `:dir()` go by it. */
export function showLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}
