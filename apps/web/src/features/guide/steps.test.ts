import { expect, test } from "vitest";
import { after, before, nextStep, stepOf } from "./steps";

test("who comes back goes on with the first thing that is missing", () => {
  const nothing = { hasStaff: false, hasServices: false, hasPage: false };
  expect(nextStep(nothing)).toBe("hours");
  expect(nextStep({ ...nothing, hasStaff: true })).toBe("services");
  expect(nextStep({ ...nothing, hasStaff: true, hasServices: true })).toBe("link");
  expect(nextStep({ hasStaff: true, hasServices: true, hasPage: true })).toBeUndefined();
});

test("steps are in order, and an address that names none names none", () => {
  expect([after("hours"), after("link"), before("hours"), before("link")]).toEqual([
    "staff",
    undefined,
    undefined,
    "services",
  ]);
  expect([stepOf("staff"), stepOf("cake"), stepOf(null)]).toEqual(["staff", undefined, undefined]);
});
