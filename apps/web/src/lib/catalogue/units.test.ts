import { expect, test } from "vitest";
import { byKind, inUse, shortages } from "./units";

const UNITS = [
  { kind: "reformer", active: true, name: "By the window" },
  { kind: "room", active: true, name: "Big room" },
  { kind: "reformer", active: false, name: "By the door" },
];

test("units stand with those of their kind, and only those in use can be booked", () => {
  expect([...byKind(UNITS)].map(([kind, units]) => [kind, units.map(({ name }) => name)])).toEqual([
    ["reformer", ["By the window", "By the door"]],
    ["room", ["Big room"]],
  ]);
  expect([inUse(UNITS, "reformer"), inUse(UNITS, "Reformer")]).toEqual([1, 0]);
});

test("a service lacks what it needs more of than is in use; one that is switched off lacks nothing", () => {
  const duet = { name: "Duet", active: true, resourceNeeds: [{ kind: "reformer", quantity: 2 }] };
  const solo = { name: "Solo", active: true, resourceNeeds: [{ kind: "room", quantity: 1 }] };
  const off = { ...duet, name: "Off", active: false };
  expect(shortages([duet, solo, off], UNITS)).toEqual([{ service: duet, kind: "reformer", needed: 2, inUse: 1 }]);
});
