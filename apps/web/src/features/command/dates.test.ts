import { expect, it } from "vitest";
import { dateOf } from "./dates";

const SUNDAY = "2026-11-29";
const en = (text: string) => dateOf(text, SUNDAY, "en");
const ar = (text: string) => dateOf(text, SUNDAY, "ar");

it("understands dates as they are written in English", () => {
  expect(
    ["today", "Tomorrow", "mon", "next sunday", "24.12.", "3/1", "12 dec", "Dec 24, 2027", "2026-12-01"].map(en),
  ).toEqual([
    SUNDAY,
    "2026-11-30",
    "2026-11-30",
    "2026-12-06",
    "2026-12-24",
    "2027-01-03",
    "2026-12-12",
    "2027-12-24",
    "2026-12-01",
  ]);
});

it("understands them in Arabic, with its digits too", () => {
  expect(["غدًا", "الاثنين", "اثنين", "٢٤/١٢", "12 ديسمبر"].map(ar)).toEqual([
    "2026-11-30",
    "2026-11-30",
    "2026-11-30",
    "2026-12-24",
    "2026-12-12",
  ]);
});

it("takes nothing for a date that is none", () => {
  expect(["", "to", "Monika", "31.6.", "2026-02-30", "0 dec", "12"].map(en)).toEqual(Array(7).fill(undefined));
});
