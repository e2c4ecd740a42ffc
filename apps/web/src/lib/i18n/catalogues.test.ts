import { expect, test } from "vitest";
import { localeOf, plural, type Catalogues, type Phrase } from "./words";

type Found = Record<string, Record<string, Catalogues<Record<string, Phrase>>>>;

const found: Found = import.meta.glob("/src/**/words.ts", { eager: true });
const phrases = Object.entries(found)
  .filter(([path]) => !path.endsWith("/lib/i18n/words.ts"))
  .flatMap(([path, module]) => Object.values(module).map((catalogue) => ({ path, catalogue })));

/** What a phrase says; `1` stands for whatever it speaks about. */
function said(phrase: Phrase): string {
  return typeof phrase === "string" ? phrase : (phrase as (...about: number[]) => string)(1, 1, 1, 1);
}

test("every part has words", () => {
  expect(phrases.length).toBeGreaterThan(3);
});

test.each(phrases)("$path says the same things in both languages, in Arabic letters", ({ catalogue: { en, ar } }) => {
  expect(Object.keys(ar).sort()).toEqual(Object.keys(en).sort());
  for (const [key, phrase] of Object.entries(ar)) {
    expect(said(phrase), key).toMatch(/\p{Script=Arabic}|^[^\p{L}]*$/u);
    expect(typeof phrase, key).toBe(typeof en[key]);
  }
  for (const [key, phrase] of Object.entries(en)) expect(said(phrase), key).not.toMatch(/\p{Script=Arabic}/u);
});

test("the first language that we speak is spoken", () => {
  expect([localeOf(["fr-FR", "ar-EG", "en"]), localeOf(["EN-us"]), localeOf(["de"]), localeOf([])]).toEqual([
    "ar",
    "en",
    "en",
    "en",
  ]);
});

test("a number takes its form", () => {
  const forms = { one: "حجز واحد", two: "حجزان", few: "# حجوزات", other: "# حجز" };
  expect([1, 2, 3, 11].map((count) => plural("ar", count, forms))).toEqual(["حجز واحد", "حجزان", "3 حجوزات", "11 حجز"]);
});
