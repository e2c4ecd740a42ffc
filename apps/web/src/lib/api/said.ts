/** What a person is told about an error. */

import type { Locale } from "../i18n/words";
import { Problem } from "./problem";
import { problemWords } from "./words";

/** In our words where we have some; else what the server said, which is in English. */
export function said(error: unknown, locale: Locale): string {
  const words: Readonly<Record<string, string>> = problemWords[locale];
  if (!(error instanceof Problem)) return problemWords[locale].Unexpected;
  return words[error.code] ?? error.body.errors?.[0]?.detail ?? error.message;
}
