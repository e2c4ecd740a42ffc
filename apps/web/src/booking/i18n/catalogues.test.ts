import { expect, test } from "vitest";
import { ar } from "./ar";
import { en } from "./en";

/** What a message says, whatever is put into it. */
const said = (message: unknown): string =>
  typeof message === "function" ? (message as (...values: unknown[]) => string)(3, 4) : String(message);

test("every message is said in Arabic, with Arabic letters", () => {
  expect(Object.keys(ar).sort()).toEqual(Object.keys(en).sort());
  const foreign = Object.entries(ar).filter(
    ([name, message]) => name !== "outlook" && !/[\u0600-\u06ff]/.test(said(message)),
  );
  expect(foreign).toEqual([]);
});

test.each([
  [1, "بقي مكان واحد"],
  [2, "بقي مكانان"],
  [3, "3 أماكن متبقية"],
  [11, "11 مكاناً متبقياً"],
])("%i places are counted as Arabic does", (count, says) => {
  expect(ar.seatsLeft(count)).toBe(says);
});
