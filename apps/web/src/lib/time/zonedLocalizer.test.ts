import { getSlotMetrics } from "react-big-calendar/lib/utils/TimeSlots";
import type { DateLocalizer } from "react-big-calendar";
import { expect, test } from "vitest";
import { at, dayOf, minutesOf, zoneOf, type Zone } from "./zone";
import { zonedLocalizer } from "./zonedLocalizer";

/** Ordinary days, and days on which clocks change, there or where a browser may be. */
const DAYS: Record<string, string[]> = {
  "Asia/Dubai": ["2026-03-08", "2026-06-15", "2026-11-01", "2026-03-29"],
  "Europe/Berlin": ["2026-06-15", "2026-03-29", "2026-10-25"],
  "America/New_York": ["2026-06-15", "2026-03-08", "2026-11-01"],
  "Africa/Cairo": ["2026-06-15", "2026-04-24", "2026-10-30"],
  "Australia/Lord_Howe": ["2026-06-15", "2026-04-05", "2026-10-04"],
};
const BROWSERS = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Dubai", "Australia/Lord_Howe"];
const SUMMER = "2026-07-01T12:00:00Z";
const TIMES = [0, 1, 2, 3, 4, 7, 10, 16, 22, 23].flatMap((hour) => [hour * 60, hour * 60 + 30]);

interface Place {
  readonly localizer: DateLocalizer;
  readonly zone: Zone;
  readonly day: string;
}

function slots({ localizer, zone, day }: Place, shift = 0) {
  const noon = at(zone, day, 720);
  const [min, max] = [localizer.startOf(noon, "day"), localizer.endOf(noon, "day")].map((edge) =>
    localizer.add(localizer.merge(noon, edge) ?? noon, shift, "day"),
  );
  return getSlotMetrics({ min, max, step: 30, timeslots: 2, localizer });
}

/** What is wrong about where a time of that day is drawn. */
function wrong(place: Place, minutes: number): string | undefined {
  const { localizer, zone, day } = place;
  const start = at(zone, day, minutes);
  if (minutesOf(zone, start) !== minutes || dayOf(zone, start) !== day) return undefined; // in a gap of that day
  const metrics = slots(place);
  const row = metrics.getRange(start, new Date(start.getTime() + 1_800_000)).top / 100 + 0.0005;
  const dropped = metrics.closestSlotToPosition(row);
  if (minutesOf(zone, dropped) !== minutes) return `dropped at ${dropped.toISOString()}`;
  const noon = at(zone, day, 720);
  const changes = zone.offset(localizer.startOf(noon, "day")) !== zone.offset(localizer.endOf(noon, "day"));
  const label = slots(place, changes ? -1 : 0).closestSlotToPosition(row);
  return minutesOf(zone, label) === minutes ? undefined : `beside it says ${label.toISOString()}`;
}

test.each(BROWSERS)("in a browser in %s everything is drawn, and dropped, at its own time", (browser) => {
  process.env["TZ"] = browser;
  const summer = new Date(SUMMER);
  expect(summer.getTimezoneOffset() + zoneOf(browser).offset(summer)).toBe(0); // it counts
  let count = 0;
  for (const [name, days] of Object.entries(DAYS)) {
    const zone = zoneOf(name);
    const localizer = zonedLocalizer(zone, "en");
    for (const day of days) {
      for (const minutes of TIMES) {
        expect(wrong({ localizer, zone, day }, minutes), `${name} ${day} ${minutes}`).toBeUndefined();
        if (minutesOf(zone, at(zone, day, minutes)) === minutes) count += 1;
      }
    }
  }
  expect(count).toBe(313);
});

test("a time in a gap moves forward, of two the earlier is taken", () => {
  const berlin = zoneOf("Europe/Berlin");
  expect(at(berlin, "2026-03-29", 150).toISOString()).toBe("2026-03-29T01:30:00.000Z");
  expect(at(berlin, "2026-10-25", 150).toISOString()).toBe("2026-10-25T00:30:00.000Z");
});
