import { expect, test } from "vitest";
import { daysUntil, occupancy, perDay } from "./figures";

test("every date has its number, and nought where there is none", () => {
  const dates = daysUntil("2026-03-02", 4);
  expect(dates).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
  const found = [
    { date: "2026-02-28", count: 2 },
    { date: "2026-03-02", count: 1 },
    { date: "2026-03-02", count: 3 },
  ];
  expect(perDay(dates, found, ({ count }) => count)).toEqual([0, 2, 0, 4]);
});

test("occupancy is what is booked of the time in which somebody works, also of who has left", () => {
  const open = [
    { staffId: "amira", intervals: [{ start: "2026-03-02T05:00:00Z", end: "2026-03-02T09:00:00Z" }] },
    { staffId: "idle", intervals: [] },
  ];
  const figures = { booked: 1, noShows: 0 };
  const report = {
    days: [],
    staff: [
      { staffId: "amira", staffName: "Amira before", bookedMinutes: 60, ...figures },
      { staffId: "gone", staffName: "Bilal", bookedMinutes: 30, ...figures },
    ],
  };
  const staff = [
    { id: "amira", name: "Amira" },
    { id: "idle", name: "Chloé" },
  ];
  expect(occupancy(staff, open, report)).toEqual([
    { id: "amira", name: "Amira", booked: 60, open: 240, share: 0.25 },
    { id: "gone", name: "Bilal", booked: 30, open: 0, share: undefined },
  ]);
});
