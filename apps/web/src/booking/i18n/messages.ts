/** The words and formats of the page, for every component below. */

import { createContext, use } from "react";
import { en, type Messages } from "./en";
import { formatsOf, type Formats } from "./formats";

export interface Language {
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  readonly words: Messages;
  readonly formats: Formats;
}

export const LanguageContext = createContext<Language>({
  tag: "en",
  direction: "ltr",
  words: en,
  formats: formatsOf("en"),
});

export function useWords(): Messages {
  return use(LanguageContext).words;
}

export function useFormats(): Formats {
  return use(LanguageContext).formats;
}

/** The language of a tag; our own words are English where we do not speak it. */
export async function languageOf(tag: string): Promise<Language> {
  const isArabic = tag.split("-")[0] === "ar";
  const words = isArabic ? (await import("./ar")).ar : en;
  return { tag, direction: isArabic ? "rtl" : "ltr", words, formats: formatsOf(tag) };
}
