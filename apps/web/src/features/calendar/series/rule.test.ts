import { expect, it } from "vitest";
import { isComplete, NO_REPEAT, ruleOf, type Repeat } from "./rule";

const MONDAY = "2026-11-30";
const of = (chosen: Partial<Repeat>) => ruleOf({ ...NO_REPEAT, ...chosen }, MONDAY);

it("says a choice as a rule that has the first day in it and ends", () => {
  expect([
    of({}),
    of({ every: "week", count: 6 }),
    of({ every: "week", days: [3], count: 12 }),
    of({ every: "fourWeeks", days: [3], count: 2 }),
    of({ every: "twoWeeks", ends: "until", until: "2027-03-31" }),
    of({ every: "day", count: 104 }),
    of({ every: "month" }),
  ]).toEqual([
    undefined,
    "FREQ=WEEKLY;BYDAY=MO;COUNT=6",
    "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=12",
    "FREQ=WEEKLY;INTERVAL=4;COUNT=2",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20270331",
    "FREQ=DAILY;COUNT=104",
    "FREQ=MONTHLY;COUNT=6",
  ]);
});

it("is incomplete while it does not end, or ends before it has begun again", () => {
  const wrong: Partial<Repeat>[] = [{ count: NaN }, { count: 1 }, { count: 105 }, { ends: "until", until: MONDAY }];
  for (const chosen of wrong) {
    expect(isComplete({ ...NO_REPEAT, every: "week", ...chosen }, MONDAY)).toBe(false);
    expect(of({ every: "week", ...chosen })).toBeUndefined();
  }
  expect(isComplete(NO_REPEAT, MONDAY)).toBe(true);
});
