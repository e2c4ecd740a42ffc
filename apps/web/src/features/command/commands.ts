/** What can be done from the command menu, and which of it fits what was written. */

import type { Customer } from "../../lib/requests/customersLike";
import type { Locale } from "../../lib/i18n/words";

export interface Screen {
  readonly path: string;
  readonly name: string;
}

export const GROUPS = ["dates", "customers", "appointments", "services", "calendar", "staff", "screens"] as const;
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

/** What was searched for already. */
const SEARCHED: readonly Group[] = ["dates", "customers", "appointments"];

/** Those whose words begin as what was written, in the order of the groups. */
export function fitting(all: readonly Command[], written: string, locale: Locale): readonly Command[] {
  const fits = ({ group, text }: Command) => SEARCHED.includes(group) || begins(text, written, locale);
  return GROUPS.flatMap((group) => all.filter((each) => each.group === group && fits(each)));
}

/** Whether each word that was written begins one of a text, in any order. */
export function begins(text: string, written: string, locale: Locale): boolean {
  const words = wordsOf(text, locale);
  return wordsOf(written, locale).every((part) => words.some((word) => word.startsWith(part)));
}

/** Of a customer, what tells them from others of the same name. */
export function contactOf({ email, phone }: Pick<Customer, "email" | "phone">): string {
  return email ?? phone ?? "";
}

function wordsOf(text: string, locale: Locale): readonly string[] {
  return text
    .toLocaleLowerCase(locale)
    .split(/[\s,.]+/)
    .filter(Boolean);
}
