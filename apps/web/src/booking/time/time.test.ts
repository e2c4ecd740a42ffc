import { expect, test } from "vitest";
import type { Slots } from "../api/types";
import { nextPage } from "./pages";
import { firstOf, sections } from "./sections";
import { dateIn, daysAfter, differ, everDiffer, hourIn, startOf } from "./zones";

const at = (start: string) => ({ start, end: start });
const days = (
  timezone: string,
  listed: Record<string, readonly string[]>,
  nextAvailable: string | null = null,
): Slots => ({
  timezone,
  nextAvailable,
  days: Object.entries(listed).map(([date, starts]) => ({ date, slots: starts.map(at) })),
});

test("an instant has the date and hour of the zone, on the days of its changes too", () => {
  const instant = new Date("2026-11-01T05:30:00Z"); // the hour that New York has twice
  expect([dateIn(instant, "America/New_York"), hourIn(instant, "America/New_York")]).toEqual(["2026-11-01", 1]);
  expect(dateIn(new Date("2026-12-01T12:00:00Z"), "Pacific/Apia")).toBe("2026-12-02");
  expect(hourIn(new Date("2026-12-01T00:00:00Z"), "UTC")).toBe(0);
});

test("zones differ only when their clocks do", () => {
  expect(differ(new Date("2026-07-01T00:00:00Z"), "Europe/London", "UTC")).toBe(true);
  expect(differ(new Date("2026-12-01T00:00:00Z"), "Europe/London", "UTC")).toBe(false);
  expect(differ(new Date("2026-12-01T00:00:00Z"), "Asia/Dubai", "Asia/Muscat")).toBe(false);
  expect(everDiffer(new Date("2026-12-01T00:00:00Z"), "Europe/London", "UTC")).toBe(true);
  expect(everDiffer(new Date("2026-12-01T00:00:00Z"), "Asia/Dubai", "Asia/Muscat")).toBe(false);
});

test.each([
  ["2026-12-01", "Asia/Dubai", "2026-11-30T20:00:00.000Z"],
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-12-02", "Pacific/Apia", "2026-12-01T11:00:00.000Z"],
])("%s begins in %s at %s", (date, zone, instant) => {
  expect(startOf(date, zone).toISOString()).toBe(instant);
});

test("days without times are folded into one line, over the end of a page and over what was leapt", () => {
  const first = days("UTC", { "2026-12-01": ["2026-12-01T09:00:00Z"], "2026-12-02": [], "2026-12-03": [] });
  const second = days("UTC", { "2026-12-10": [], "2026-12-11": ["2026-12-11T09:00:00Z"] });
  expect(
    sections([first, second], "all").map((each) => (each.kind === "day" ? each.date : [each.from, each.to])),
  ).toEqual(["2026-12-01", ["2026-12-02", "2026-12-10"], "2026-12-11"]);
});

test("morning ends at noon of the zone that is shown", () => {
  const page = days("Asia/Dubai", { "2026-12-01": ["2026-12-01T07:59:00Z", "2026-12-01T08:00:00Z"] });
  const starts = (part: "morning" | "afternoon") =>
    sections([page], part).flatMap((each) => (each.kind === "day" ? each.slots.map(({ start }) => start) : []));
  expect(starts("morning")).toEqual(["2026-12-01T07:59:00Z"]);
  expect(starts("afternoon")).toEqual(["2026-12-01T08:00:00Z"]);
});

test("the next page begins after this one, or where there is something, and never after the last date", () => {
  const full = days("UTC", { "2026-12-01": ["2026-12-01T09:00:00Z"] });
  const empty = days("UTC", { "2026-12-01": [] }, "2026-12-20");
  expect(nextPage(full, "2026-12-31")).toBe("2026-12-02");
  expect(nextPage(empty, "2026-12-31")).toBe("2026-12-20");
  expect(nextPage(empty, "2026-12-19")).toBeUndefined();
  expect(nextPage(days("UTC", { "2026-12-01": [] }), "2026-12-31")).toBeUndefined();
  expect(firstOf([empty, full])?.start).toBe("2026-12-01T09:00:00Z");
});

test("days are counted by the calendar", () => {
  expect(daysAfter("2026-02-28", 1)).toBe("2026-03-01");
  expect(daysAfter("2026-03-01", -1)).toBe("2026-02-28");
});
