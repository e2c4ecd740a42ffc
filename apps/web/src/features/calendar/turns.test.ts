import { expect, test } from "vitest";
import type { Appointment } from "./readRange";
import { takeTurn } from "./turns";

const appointment = (revision: number) => ({ id: "a", revision }) as Appointment;
const next = ({ revision }: Appointment) => Promise.resolve(appointment(revision + 1));
const revisions = async ({ made }: ReturnType<typeof takeTurn>) => {
  const { before, after } = await made;
  return [before.revision, after.revision];
};

test("a change that is made before the last is answered is one of what that has made", async () => {
  const turns = [1, 1, 1].map((revision) => takeTurn(appointment(revision), next));
  expect(turns.map((turn) => turn.isLast())).toEqual([false, false, true]);
  expect(await Promise.all(turns.map(revisions))).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
});

test("what was refused has changed nothing, and whoever comes later begins with what is shown then", async () => {
  const refused = takeTurn(appointment(1), () => Promise.reject(new Error("taken")));
  const later = takeTurn(appointment(1), next);
  await expect(refused.made).rejects.toThrow("taken");
  expect(await revisions(later)).toEqual([1, 2]);
  expect(await revisions(takeTurn(appointment(7), next))).toEqual([7, 8]);
});
