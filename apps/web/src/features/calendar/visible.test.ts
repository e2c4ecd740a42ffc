import { expect, test } from "vitest";
import { zoneOf } from "../../lib/time/zone";
import { daysOf, rangeOf, stepped } from "./visible";

test("a month is shown in whole weeks", () => {
  expect(daysOf({ view: "month", day: "2026-12-15" })).toEqual(["2026-11-30", "2027-01-04"]);
  expect(stepped({ view: "month", day: "2026-12-15" }, 1)).toBe("2027-01-01");
  expect(stepped({ view: "month", day: "2026-12-15" }, -1)).toBe("2026-11-01");
});

test("for a day its week is read, in the zone of the business", () => {
  const { start, end } = rangeOf(zoneOf("Asia/Dubai"), { view: "day", day: "2026-12-02" });
  expect([start.toISOString(), end.toISOString()]).toEqual(["2026-11-29T20:00:00.000Z", "2026-12-06T20:00:00.000Z"]);
});

test("an agenda has seven days, also across two weeks", () => {
  expect(daysOf({ view: "agenda", day: "2026-12-02" })).toEqual(["2026-12-02", "2026-12-09"]);
  expect(rangeOf(zoneOf("UTC"), { view: "agenda", day: "2026-12-02" }).end.toISOString()).toBe(
    "2026-12-14T00:00:00.000Z",
  );
});
