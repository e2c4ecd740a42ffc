import { expect, it } from "vitest";
import { switched } from "../../lib/catalogue/shownStaff";
import { calendarAt, staffShown } from "./address";

const WEEK = { pathname: "/calendar", search: "?view=week&staff=a,b" };

it("keeps what the calendar shows, and brings nothing along from elsewhere", () => {
  expect(calendarAt(WEEK, { day: "2026-12-01", staff: "" })).toBe("/calendar?view=week&day=2026-12-01");
  expect(calendarAt({ pathname: "/customers", search: "?staff=a" }, {})).toBe("/calendar");
  expect(staffShown(WEEK)).toEqual(["a", "b"]);
});

it("switches one person, from everybody and back to everybody", () => {
  const all = ["a", "b", "c"];
  expect(switched(all, [], "b")).toEqual(["a", "c"]);
  expect(switched(all, ["a", "c"], "b")).toEqual([]);
});
