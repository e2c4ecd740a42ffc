import { expect, test } from "vitest";
import { hoursText, offsetsOf } from "./reminders";

test("reminders are written in hours, and stay as they were when nothing is written", () => {
  expect(hoursText([1440, 120, 20])).toBe("24, 2, 0.33");
  expect(offsetsOf("24, 2, 0.33", [1440, 120, 20])).toEqual([1440, 120, 20]);
});

test.each([
  ["48, 3", [2880, 180]],
  ["1.5،2", [90, 120]],
  ["", []],
])("%j is %j minutes before", (text, minutes) => {
  expect(offsetsOf(text, [1440])).toEqual(minutes);
});

test.each(["a day", "24, -1", "721", "0", "1 2 3 4 5 6 7 8 9 10 11"])("%j is refused", (text) => {
  expect(offsetsOf(text, [1440])).toBeNull();
});
