/** What was moved here and may be put back, the last one first. */

import { create } from "zustand";
import type { Appointment } from "./readRange";

const DEEPEST = 20;

export interface Change {
  readonly before: Appointment;
  readonly after: Appointment;
}

export interface Undoable {
  /** Of one appointment, or of several that were changed at once. */
  readonly changes: readonly Change[];
  readonly putBack: (changes: readonly Change[]) => void;
}

interface Undos {
  readonly stack: readonly Undoable[];
  readonly push: (undoable: Undoable) => void;
  /** Undoes the last, or the one that began there, with what was done to its appointments since. It cannot be undone again. */
  readonly undo: (before?: Appointment) => void;
  /** An appointment was put back, which is a new revision of it: what was done earlier has led to that one. */
  readonly follow: (before: Appointment, now: Appointment) => void;
}

export const useUndos = create<Undos>((set, get) => ({
  stack: [],
  push: (undoable) => set(({ stack }) => ({ stack: [...stack, undoable].slice(-DEEPEST) })),
  undo: (before = get().stack.at(-1)?.changes[0]?.before) => {
    const { stack } = get();
    const at = stack.findIndex(({ changes }) => changes.some((each) => each.before === before));
    const first = stack[at];
    if (!first) return;
    const undone = [first, ...entangled(first, stack.slice(at + 1))];
    set({ stack: stack.filter((each) => !undone.includes(each)) });
    first.putBack(joined(undone.flatMap(({ changes }) => changes)));
  },
  follow: (before, now) => {
    const followed = (change: Change) =>
      change.after.id === now.id && change.after.revision === before.revision ? { ...change, after: now } : change;
    set(({ stack }) => ({ stack: stack.map((each) => ({ ...each, changes: each.changes.map(followed) })) }));
  },
}));

/** What was done later to an appointment that is put back: with it go the others that it was done to. */
function entangled(first: Undoable, later: readonly Undoable[]): readonly Undoable[] {
  const ids = new Set(first.changes.map(({ after }) => after.id));
  return later.filter(({ changes }) => {
    if (!changes.some(({ after }) => ids.has(after.id))) return false;
    for (const { after } of changes) ids.add(after.id);
    return true;
  });
}

/** From where each is by now to where it was first. */
function joined(changes: readonly Change[]): readonly Change[] {
  const byId = new Map<string, Change>();
  for (const { before, after } of changes) byId.set(after.id, { before: byId.get(after.id)?.before ?? before, after });
  return [...byId.values()];
}
