import { beforeEach, expect, test } from "vitest";
import { isOwn, useAhead, withChanges } from "./ahead";
import type { Appointment } from "./readRange";

const appointment = (id: string, revision: number, start = "2026-12-01T09:00:00Z", status = "CONFIRMED") =>
  ({ id, revision, start, status }) as Appointment;
const shown = (...told: Appointment[]) => withChanges(told, useAhead.getState().changes);

beforeEach(() => useAhead.setState({ changes: new Map() }));

test("a change is shown before it is answered, until it is told or refused", () => {
  const moved = appointment("a", 1, "2026-12-01T10:00:00Z");
  useAhead.getState().begin(moved);
  expect(shown(appointment("a", 1))).toEqual([moved]);
  useAhead.getState().revert("a");
  expect(shown(appointment("a", 1))).toEqual([appointment("a", 1)]);
});

test("what somebody else did later than the answer is what is shown", () => {
  useAhead.getState().settle(appointment("a", 2, "2026-12-01T10:00:00Z"));
  const theirs = appointment("a", 3, "2026-12-01T11:00:00Z");
  expect(shown(theirs)).toEqual([theirs]);
});

test("what was created here is there before it is told, and gone when it was cancelled", () => {
  useAhead.getState().settle(appointment("new", 1));
  expect(shown().map(({ id }) => id)).toEqual(["new"]);
  useAhead.getState().settle(appointment("new", 2, undefined, "CANCELLED"));
  expect(shown(appointment("new", 1))).toEqual([]);
});

test("what is told of a change that is being made here is no news", () => {
  useAhead.getState().begin(appointment("a", 1));
  expect([isOwn("a", 2), isOwn("b", 1)]).toEqual([true, false]);
  useAhead.getState().settle(appointment("a", 2));
  expect([isOwn("a", 2), isOwn("a", 3)]).toEqual([true, false]);
});
