import { beforeEach, expect, test } from "vitest";
import type { Appointment } from "./readRange";
import { useUndos } from "./undo";

const appointment = (id: string, revision: number) => ({ id, revision }) as Appointment;
const said = ({ id, revision }: Appointment) => `${id}${revision}`;
let undone: string[];

/** Moves it from one revision to the next; putting it back makes the newest that there is. */
function moved(id: string, revision: number, newest: number): Appointment {
  const before = appointment(id, revision);
  const putBack = (from: Appointment, to: Appointment) => {
    undone.push(`${said(from)} to ${said(to)}`);
    useUndos.getState().follow(to, appointment(id, newest));
  };
  useUndos.getState().push({ before, after: appointment(id, revision + 1), putBack });
  return before;
}

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
  expect(useUndos.getState().stack.map(({ after }) => said(after))).toEqual(["b2"]);
});
