import { expect, test } from "vitest";
import { zoneOf } from "../../lib/time/zone";
import { classesOf, planSchema } from "./planForm";

const FORM = { serviceId: "yoga", staffId: "", day: "2027-03-22", time: "10:00", capacity: 12, weeks: 2 };

test("a class of every week stays at its time when the clocks change", () => {
  expect(classesOf(FORM, zoneOf("Europe/Berlin"))).toEqual([
    { serviceId: "yoga", start: "2027-03-22T09:00:00.000Z", capacity: 12 },
    { serviceId: "yoga", start: "2027-03-29T08:00:00.000Z", capacity: 12 },
  ]);
});

test("it has a service, a time, and some seats", () => {
  const wrong = (changed: object) => planSchema.safeParse({ ...FORM, ...changed }).error?.issues[0]?.path;
  expect([{}, { serviceId: "" }, { time: "" }, { capacity: 0 }, { weeks: Number.NaN }].map(wrong)).toEqual([
    undefined,
    ["serviceId"],
    ["time"],
    ["capacity"],
    ["weeks"],
  ]);
});
