import { beforeEach, expect, test } from "vitest";
import type { Appointment } from "./readRange";
import { useUndos, type Change } from "./undo";

const appointment = (id: string, revision: number) => ({ id, revision }) as Appointment;
const said = ({ id, revision }: Appointment) => `${id}${revision}`;
let undone: string[];

/** Moves them from one revision to the next; putting one back makes the newest that there is. */
function moved(ids: string, revision: number, newest: number): Appointment {
  const changes = Array.from(ids, (id) => ({
    before: appointment(id, revision),
    after: appointment(id, revision + 1),
  }));
  const putBack = (all: readonly Change[]) => {
    undone.push(all.map(({ before, after }) => `${said(after)} to ${said(before)}`).join(", "));
    for (const { before } of all) useUndos.getState().follow(before, appointment(before.id, newest));
  };
  useUndos.getState().push({ changes, putBack });
  return (changes[0] as Change).before;
}

const left = () => useUndos.getState().stack.flatMap(({ changes }) => changes.map(({ after }) => said(after)));

beforeEach(() => {
  undone = [];
  useUndos.setState({ stack: [] });
});

test("one after the other is undone, each from the revision that it has by then", () => {
  moved("a", 1, 5);
  moved("b", 1, 3);
  moved("a", 2, 4);
  for (let times = 0; times < 4; times += 1) useUndos.getState().undo();
  expect(undone).toEqual(["a3 to a2", "b2 to b1", "a4 to a1"]);
});

test("to undo an earlier move is to undo the later ones of that appointment too, and only once", () => {
  const first = moved("a", 1, 4);
  moved("b", 1, 3);
  moved("a", 2, 4);
  useUndos.getState().undo(first);
  useUndos.getState().undo(first);
  expect(undone).toEqual(["a3 to a1"]);
  expect(left()).toEqual(["b2"]);
});

test("what was moved at once is undone at once, from where each of it is by now", () => {
  moved("ab", 1, 5);
  moved("b", 2, 4);
  for (let times = 0; times < 2; times += 1) useUndos.getState().undo();
  expect(undone).toEqual(["b3 to b2", "a2 to a1, b4 to b1"]);
});

test("with an appointment go those that were moved at once with it since", () => {
  const first = moved("a", 1, 4);
  moved("c", 1, 3);
  moved("ab", 2, 5);
  useUndos.getState().undo(first);
  expect(undone).toEqual(["a3 to a1, b3 to b2"]);
  expect(left()).toEqual(["c2"]);
});
