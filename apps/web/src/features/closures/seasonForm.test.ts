import { expect, test } from "vitest";
import { fieldsOf, formOf, NEW_SEASON, NEW_WEEK, seasonSchema } from "./seasonForm";

const RAMADAN = { ...NEW_SEASON, name: "Ramadan", startDate: "2027-02-08", endDate: "2027-03-09" };

test("a season has dates in their order, and somebody whose it is", () => {
  const wrong = (changed: object) => seasonSchema.safeParse({ ...RAMADAN, ...changed }).error?.issues[0]?.path;
  expect(wrong({})).toBeUndefined();
  expect(wrong({ startDate: "" })).toEqual(["startDate"]);
  expect(wrong({ endDate: "2027-02-07" })).toEqual(["endDate"]);
  expect(wrong({ isEverybodys: false })).toEqual(["staffIds"]);
  expect(wrong({ isEverybodys: false, staffIds: ["s"] })).toBeUndefined();
});

test("everybody's is sent as null, also when somebody was chosen before", () => {
  const { staffIds, blocks } = fieldsOf({ ...RAMADAN, staffIds: ["s"] }, NEW_WEEK);
  expect([staffIds, blocks.length]).toEqual([null, 5]);
  expect(formOf({ ...RAMADAN, staffIds: ["s"] }).isEverybodys).toBe(false);
});
