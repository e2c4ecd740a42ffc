import { expect, it } from "vitest";
import { formatsOf } from "./format";

const { timeRange } = formatsOf("Europe/Berlin", "en");
const range = (start: string, end: string) => timeRange(new Date(start), new Date(end));

it("says from when until when by the clock, and over midnight without dates as long as that is less than a day", () => {
  expect(range("2026-12-01T08:30Z", "2026-12-01T09:15Z")).toBe("09:30–10:15");
  expect(range("2026-12-01T22:30Z", "2026-12-01T23:30Z")).toBe("23:30 – 0:30");
  expect(range("2026-12-01T23:00Z", "2026-12-03T23:00Z")).toContain("02/12/2026");
});

it("says which clock it means while clocks change: in an hour that there is twice, and over one that there is not", () => {
  expect(range("2026-10-25T00:15Z", "2026-10-25T01:15Z")).toBe("02:15 CEST – 02:15 CET");
  expect(range("2027-03-28T00:30Z", "2027-03-28T01:30Z")).toBe("01:30 CET – 03:30 CEST");
});
