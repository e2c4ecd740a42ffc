import { expect, test } from "vitest";
import { zoneOf } from "../../lib/time/zone";
import { timeOffOf, type TimeOffForm } from "./timeOffForm";

const DUBAI = zoneOf("Asia/Dubai");
const FORM: TimeOffForm = {
  isWholeDays: true,
  startDate: "2026-11-30",
  startTime: "10:00",
  endDate: "2026-12-01",
  endTime: "12:00",
  isWeekly: false,
  reason: " Holiday ",
};

test("whole days go from midnight to midnight of the business, the last one too", () => {
  expect(timeOffOf(FORM, "s", DUBAI)).toEqual({
    staffId: "s",
    start: "2026-11-29T20:00:00.000Z",
    end: "2026-12-01T20:00:00.000Z",
    reason: "Holiday",
    weekly: null,
  });
});

test("hours are those of the business's clock, and may come again every week", () => {
  const form = { ...FORM, isWholeDays: false, endDate: "2026-11-30", isWeekly: true };
  expect(timeOffOf(form, "s", DUBAI)).toMatchObject({
    start: "2026-11-30T06:00:00.000Z",
    end: "2026-11-30T08:00:00.000Z",
    weekly: { until: null },
  });
});

test("what ends before it starts, or has no date, is nothing", () => {
  expect(timeOffOf({ ...FORM, endDate: "2026-11-29" }, "s", DUBAI)).toBeNull();
  expect(timeOffOf({ ...FORM, startDate: "" }, "s", DUBAI)).toBeNull();
});
