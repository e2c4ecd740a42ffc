import { expect, test } from "vitest";
import { clashOf, type Placed } from "./clash";
import type { Appointment } from "./readRange";

const at = (time: string) => `2026-12-01T${time}:00Z`;
const booked = (id: string, start: string, end: string, more: object = {}) =>
  ({
    id,
    staffId: "s",
    start: at(start),
    end: at(end),
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    ...more,
  }) as Appointment;
const placed = (start: string, end: string, more: object = {}): Placed => ({
  id: "a",
  staffId: "s",
  start: new Date(at(start)),
  end: new Date(at(end)),
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  ...more,
});
const OTHERS = [
  booked("b", "10:00", "10:30"),
  booked("c", "12:00", "12:30", { bufferAfterMinutes: 10, sessionId: "x" }),
];
const OPEN = [{ staffId: "s", intervals: [{ start: at("09:00"), end: at("17:00") }] }];

test.each([
  ["touching is no clash", placed("10:30", "11:00"), undefined],
  ["overlapping is", placed("10:15", "10:45"), "busy"],
  ["with somebody else there is none", placed("10:15", "10:45", { staffId: "t" }), "closed"],
  ["its own buffers count", placed("10:35", "11:00", { bufferBeforeMinutes: 10 }), "busy"],
  ["and the other's", placed("12:35", "13:00"), "busy"],
  ["not between seats of one session", placed("12:00", "12:30", { sessionId: "x", bufferAfterMinutes: 10 }), undefined],
  ["nobody works then", placed("16:45", "17:15"), "closed"],
])("%s", (_rule, candidate, kind) => {
  expect(clashOf(candidate, OTHERS, OPEN)?.kind).toBe(kind);
});

test("itself is not in its way", () => {
  expect(clashOf(placed("10:15", "10:45", { id: "b" }), OTHERS, OPEN)).toBeUndefined();
});
