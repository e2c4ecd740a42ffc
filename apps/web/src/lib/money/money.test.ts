import { describe, expect, it } from "vitest";
import { parsedMoney, typed, writtenMoney } from "./money";

describe("money", () => {
  it.each([
    ["150", "AED", 15000],
    ["150.5", "AED", 15050],
    ["0,25", "EUR", 25],
    ["1500", "JPY", 1500],
    ["1.234", "KWD", 1234],
    ["١٥٠٫٢٥", "AED", 15025],
  ])("reads %s %s in minor units", (text, currency, amount) => {
    expect(parsedMoney(text, currency)).toEqual({ amount, currency });
  });

  it.each([
    ["", "AED"],
    ["-5", "AED"],
    ["1.234", "AED"],
    ["1.5", "JPY"],
    ["1e3", "AED"],
    ["12 dirhams", "AED"],
  ])("refuses %j of %s", (text, currency) => {
    expect(parsedMoney(text, currency)).toBeNull();
  });

  it.each([
    [15000, "AED", "150"],
    [15050, "AED", "150.50"],
    [5, "AED", "0.05"],
    [1500, "JPY", "1500"],
    [1234, "KWD", "1.234"],
  ])("stands in a field as it is read again", (amount, currency, text) => {
    expect(typed({ amount, currency })).toBe(text);
    expect(parsedMoney(text, currency)).toEqual({ amount, currency });
  });

  it("is read without decimals that say nothing", () => {
    expect(writtenMoney({ amount: 15000, currency: "EUR" }, "en")).toBe("€150");
    expect(writtenMoney({ amount: 15050, currency: "EUR" }, "en")).toBe("€150.50");
  });
});
