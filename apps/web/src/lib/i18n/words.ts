/** What is said to people, in every language that we speak: catalogues whose keys TypeScript compares. */

export const LOCALES = ["en", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

/** A sentence, or one that is made of what it speaks about. */
export type Phrase = string | ((...about: never[]) => string);

type Catalogue = Readonly<Record<string, Phrase>>;

/** The same keys, each said of the same things. */
type SameAs<Words extends Catalogue> = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : Words[Key];
};

export interface Catalogues<Words extends Catalogue> {
  readonly en: Words;
  readonly ar: SameAs<Words>;
}

/** A part's words. It does not compile while one language says something that the other does not. */
export function catalogues<Words extends Catalogue>(all: Catalogues<Words>): Catalogues<Words> {
  return all;
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

/** For `Intl`. Arabic is written with Western digits, as prices and clocks are in the Emirates. */
export function formatTag(locale: Locale): string {
  return locale === "ar" ? "ar-AE-u-nu-latn" : "en-GB";
}

/** The one of these that we speak, by the first that fits; English when none does. */
export function localeOf(tags: readonly string[]): Locale {
  for (const tag of tags) {
    const found = LOCALES.find((locale) => tag.toLowerCase().split("-")[0] === locale);
    if (found) return found;
  }
  return "en";
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** The form for that number; `#` in it is the number. */
export function plural(locale: Locale, count: number, forms: Forms): string {
  const form = forms[new Intl.PluralRules(formatTag(locale)).select(count)] ?? forms.other;
  return form.replace("#", new Intl.NumberFormat(formatTag(locale)).format(count));
}
