/** What a guest fills in, and when it is complete. */

import * as z from "zod/mini";
import type { Question } from "../../api/types";
import type { Messages } from "../../i18n/en";
import { nameOf } from "./countries";
import { e164, isWhole } from "./phone";

z.config({ jitless: true }); // the page's policy lets nothing be compiled

const MOST_NAME = 200;
const MOST_ANSWER = 1_000;
const MOST_NOTES = 5_000;

export interface Details {
  name: string;
  email: string;
  /** ISO 3166. */
  country: string;
  /** As it is typed; empty without one. */
  phone: string;
  optIn: boolean;
  notes: string;
  /** By the ids of the questions. */
  answers: Record<string, string | boolean>;
}

/** `locale`: in which countries are named. */
export function schemaOf(questions: readonly Question[], words: Messages, locale: string) {
  const most = (length: number) => z.maxLength(length, words.tooLong(length));
  const answers = Object.fromEntries(questions.map((question) => [question.id, answerTo(question, words)]));
  return z
    .object({
      name: z.string().check(z.trim(), z.minLength(1, words.nameMissing), most(MOST_NAME)),
      email: z.string().check(z.trim(), z.email(words.emailWrong)),
      country: z.string(),
      phone: z.string().check(z.trim()),
      optIn: z.boolean(),
      notes: z.string().check(z.trim(), most(MOST_NOTES)),
      answers: z.object(answers),
    })
    .check(({ value, issues }) => {
      const message = wrongPhone(value, words, locale);
      if (message !== undefined) issues.push({ code: "custom", input: value, path: ["phone"], message });
    });
}

function wrongPhone({ country, phone }: Pick<Details, "country" | "phone">, words: Messages, locale: string) {
  if (phone === "" || e164(country, phone) !== null) return undefined;
  return isWhole(phone) || !/\p{Nd}/u.test(phone) ? words.phoneWrong : words.phoneElsewhere(nameOf(country, locale));
}

/** Nothing filled in. */
export function emptyDetails(questions: readonly Question[], country: string): Details {
  const answers = Object.fromEntries(questions.map(({ id, kind }) => [id, kind === "checkbox" ? false : ""]));
  return { name: "", email: "", country, phone: "", optIn: false, notes: "", answers };
}

/** The answers that were given. */
export function given(answers: Details["answers"]): Details["answers"] {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== "" && answer !== false));
}

function answerTo({ kind, required }: Question, words: Messages) {
  if (kind === "checkbox") {
    return z.boolean().check(z.refine((answer) => answer || !required, words.answerMissing));
  }
  const least = required ? 1 : 0;
  return z
    .string()
    .check(z.trim(), z.minLength(least, words.answerMissing), z.maxLength(MOST_ANSWER, words.tooLong(MOST_ANSWER)));
}
