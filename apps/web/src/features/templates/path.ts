import { LOCALES, type Locale } from "../../lib/i18n/words";
import type { Template } from "./requests/listTemplates";

/** Where a template is. */
export function pathOf({ kind, channel, locale }: Template) {
  return { kind, channel, locale: languageOf(locale) };
}

export function languageOf(tag: string): Locale {
  return LOCALES.find((locale) => locale === tag) ?? "en";
}
