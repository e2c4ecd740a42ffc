import { expect, test } from "vitest";
import type { Service } from "../api/types";
import { deepLink, linked, placeOf, searchOf } from "./address";
import { before, following, NOTHING, reachable, settled, stepsWith, stillAhead } from "./steps";

const service = (id: string, staff: readonly string[]): Service =>
  ({ id, staff: staff.map((each) => ({ id: each, name: each })) }) as unknown as Service;

const two = [service("a", ["x", "y"]), service("b", ["x"])];

test("what leaves no choice is chosen, and not asked", () => {
  const only = settled(NOTHING, [service("a", ["x"])]);
  expect(only).toEqual({ serviceId: "a", staffId: "x", start: undefined });
  expect(stepsWith(only, [service("a", ["x"])])).toEqual(["time", "details"]);
  expect(following(settled(NOTHING, two), two)).toBe("service");
  expect(following(settled({ ...NOTHING, serviceId: "b" }, two), two)).toBe("time");
});

test("what is not offered any more is forgotten, and what depends on it", () => {
  expect(settled({ serviceId: "gone", staffId: "x", start: "2027-01-01T09:00:00Z" }, two)).toEqual(NOTHING);
  expect(settled({ serviceId: "a", staffId: "gone", start: "2027-01-01T09:00:00Z" }, two)).toEqual({
    serviceId: "a",
    staffId: undefined,
    start: undefined,
  });
  const anyone = { serviceId: "a", staffId: null, start: "2027-01-01T09:00:00Z" };
  expect(settled(anyone, two)).toEqual(anyone);
});

test("nobody gets to a step before those that it needs", () => {
  const chosen = { serviceId: "a", staffId: undefined, start: undefined };
  expect(reachable("details", chosen, two)).toBe("staff");
  expect(reachable("service", chosen, two)).toBe("service");
  expect(reachable("details", { serviceId: "a", staffId: null, start: "2027-01-01T09:00:00Z" }, two)).toBe("details");
  expect(before("staff", chosen, two)).toBe("service");
  expect(before("time", { ...chosen, serviceId: "b", staffId: "x" }, two)).toBe("service");
  expect(before("service", chosen, two)).toBeUndefined();
});

test("a time that is past is not chosen any more", () => {
  const chosen = { ...NOTHING, start: "2027-01-01T09:00:00Z" };
  expect(stillAhead(chosen, Date.parse("2027-01-01T08:59:00Z"))).toEqual(chosen);
  expect(stillAhead(chosen, Date.parse("2027-01-01T09:00:00Z"))).toEqual(NOTHING);
});

test("a link counts more than what was chosen before, and another service forgets who and when", () => {
  const kept = { serviceId: "a", staffId: "x", start: "2027-01-01T09:00:00Z" };
  expect(linked(kept, deepLink("?date=2027-01-05"))).toEqual(kept);
  expect(linked(kept, deepLink("?service=b"))).toEqual({ ...NOTHING, serviceId: "b" });
  expect(linked(kept, deepLink("?service=a&staff=any"))).toEqual({ ...kept, staffId: null });
  expect(deepLink("?date=tomorrow&slot=noon")).toEqual({});
});

test("an address keeps how it is embedded and nothing that others wrote into it", () => {
  expect(searchOf({ serviceId: "a", staffId: null }, "?embed=popup&utm_source=x")).toBe(
    "?embed=popup&service=a&staff=any",
  );
  expect(searchOf({}, "")).toBe("");
});

test("a place is known by its address", () => {
  expect(placeOf("/booking/old", "new")).toEqual({ kind: "page", slug: "new" });
  expect(placeOf("/booking/manage/abc", undefined)).toEqual({ kind: "manage", token: "abc" });
  expect(placeOf("/booking/waiting-list/abc/", "new")).toEqual({ kind: "waiting", token: "abc" });
});
