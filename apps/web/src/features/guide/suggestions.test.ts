import { describe, expect, it } from "vitest";
import { currencyOf, slugOf, usualWeek } from "./suggestions";

describe("what a new business most likely is", () => {
  it.each([
    ["Asia/Dubai", "AED"],
    ["Europe/Berlin", "EUR"],
    ["Europe/London", "GBP"],
    ["Pacific/Apia", "AED"],
  ])("in %s has %s", (zone, currency) => {
    expect(currencyOf(zone)).toBe(currency);
  });

  it("rests on the days on which its country does", () => {
    expect(usualWeek("Asia/Riyadh")[5]).toEqual([]);
    expect(usualWeek("Asia/Riyadh")[7]).toHaveLength(1);
    expect(usualWeek("Asia/Dubai")[5]).toHaveLength(1);
    expect(usualWeek("Asia/Dubai")[7]).toEqual([]);
  });

  it.each([
    ["Marina Studio", "marina-studio"],
    ["Chloé's Salon & Spa", "chloes-salon-spa"],
    ["  --Studio 54--  ", "studio-54"],
    ["صالون مارينا", ""],
    ["AB", ""],
  ])("%j has the address %j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
