import { expect, test } from "vitest";
import { newKeys } from "./useKeys";

test("the same thing has the same key until it is there", () => {
  const keyOf = newKeys();
  const [eid, newYear] = [keyOf({ name: "Eid" }), keyOf({ name: "New Year" })];
  expect(keyOf({ name: "Eid" })).toBe(eid);
  expect(newYear).not.toBe(eid);
  keyOf.forget({ name: "Eid" });
  expect(keyOf({ name: "Eid" })).not.toBe(eid);
  expect(keyOf({ name: "New Year" })).toBe(newYear);
  keyOf.forget();
  expect(keyOf({ name: "New Year" })).not.toBe(newYear);
});
