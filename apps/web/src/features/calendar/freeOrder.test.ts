import { expect, test } from "vitest";
import { inFreeOrder } from "./freeOrder";
import type { Appointment } from "./readRange";

const on = (id: string, day: number) => ({ id, start: `2026-12-0${day}T09:00:00Z` }) as Appointment;
const moved = (days: number) =>
  [2, 1, 3].map((day) => ({ before: on(`${day}`, day), after: on(`${day}`, day + days) }));
const order = (days: number) => inFreeOrder(moved(days)).map(({ before }) => before.id);

test("of a series that went to where its next was, each goes back when that has left, whichever way it went", () => {
  expect(order(1)).toEqual(["1", "2", "3"]);
  expect(order(-1)).toEqual(["3", "2", "1"]);
});
