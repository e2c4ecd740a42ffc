/** What can be done from the command menu, and which of it fits what was written. */

import type { Customer } from "../../lib/requests/customersLike";
import type { Locale } from "../../lib/i18n/words";

export interface Screen {
  readonly path: string;
  readonly name: string;
}

export const GROUPS = ["dates", "customers", "calendar", "staff", "screens"] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  readonly id: string;
  readonly group: Group;
  readonly text: string;
  /** Said after it, such as a phone number. */
  readonly more?: string;
  /** What does it as well. */
  readonly key?: string;
  readonly run: () => void;
}

/** Those whose words begin as what was written, in the order of the groups. Customers and dates were searched for already. */
export function fitting(all: readonly Command[], written: string, locale: Locale): readonly Command[] {
  const parts = wordsOf(written, locale);
  const fits = ({ group, text }: Command) =>
    group === "dates" || group === "customers" || parts.every((part) => hasWord(wordsOf(text, locale), part));
  return GROUPS.flatMap((group) => all.filter((each) => each.group === group && fits(each)));
}

/** Of a customer, what tells them from others of the same name. */
export function contactOf({ email, phone }: Pick<Customer, "email" | "phone">): string {
  return email ?? phone ?? "";
}

function hasWord(words: readonly string[], part: string): boolean {
  return words.some((word) => word.startsWith(part));
}

function wordsOf(text: string, locale: Locale): readonly string[] {
  return text
    .toLocaleLowerCase(locale)
    .split(/[\s,.]+/)
    .filter(Boolean);
}
