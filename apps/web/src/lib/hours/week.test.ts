import { describe, expect, it } from "vitest";
import {
  CLOSED,
  blocksOf,
  copied,
  datedBlocks,
  isSound,
  problemsOf,
  shownHours,
  timeOf,
  weekOf,
  withAnother,
} from "./week";

const SPLIT = [
  { dayOfWeek: 1, start: "16:00", end: "20:00", validFrom: null, validTo: null },
  { dayOfWeek: 1, start: "09:00", end: "13:00", validFrom: null, validTo: null },
  { dayOfWeek: 2, start: "10:00", end: "24:00", validFrom: "2026-06-01", validTo: null },
];

describe("a week of hours", () => {
  it("has the blocks of a day in order, and leaves those of some dates alone", () => {
    const week = weekOf(SPLIT);
    expect(week[1].map((range) => range.start)).toEqual(["09:00", "16:00"]);
    expect(week[2]).toEqual([]);
    expect(datedBlocks(SPLIT)).toEqual([SPLIT[2]]);
    expect(blocksOf(week)).toEqual([
      { dayOfWeek: 1, start: "09:00", end: "13:00" },
      { dayOfWeek: 1, start: "16:00", end: "20:00" },
    ]);
  });

  it("says which range ends before it starts and which begins in another; touching ones do not", () => {
    const ranges = [
      { start: "09:00", end: "13:00" },
      { start: "13:00", end: "14:00" },
      { start: "12:30", end: "15:00" },
      { start: "18:00", end: "18:00" },
    ];
    expect(problemsOf(ranges)).toEqual([undefined, undefined, "overlap", "order"]);
    expect(isSound({ ...CLOSED, 3: ranges })).toBe(false);
    expect(isSound({ ...CLOSED, 3: ranges.slice(0, 2) })).toBe(true);
  });

  it("offers another range after the last, never past midnight", () => {
    expect(withAnother([])).toEqual([{ start: "09:00", end: "17:00" }]);
    expect(withAnother([{ start: "09:00", end: "13:00" }]).at(-1)).toEqual({ start: "14:00", end: "17:00" });
    expect(withAnother([{ start: "09:00", end: "22:00" }]).at(-1)).toEqual({ start: "23:00", end: "24:00" });
    expect(withAnother([{ start: "09:00", end: "23:30" }])).toHaveLength(1);
  });

  it("is copied from one day to others", () => {
    const week = copied(weekOf(SPLIT), 1, [3, 4]);
    expect(week[3]).toEqual(week[1]);
    expect(week[5]).toEqual([]);
  });

  it("is drawn from its first hour to its last, and never less than a working day", () => {
    expect(shownHours(CLOSED)).toEqual({ from: 8, to: 18 });
    expect(shownHours({ ...CLOSED, 6: [{ start: "06:30", end: "22:15" }] })).toEqual({ from: 6, to: 23 });
  });

  it("writes midnight at the end of a day as 24:00", () => {
    expect(timeOf(1440)).toBe("24:00");
    expect(timeOf(545)).toBe("09:05");
  });
});
