/** What was moved here and may be put back, the last one first. */

import { create } from "zustand";
import type { Appointment } from "./readRange";

const DEEPEST = 20;

export interface Undoable {
  readonly before: Appointment;
  readonly after: Appointment;
  readonly putBack: (from: Appointment, to: Appointment) => void;
}

interface Undos {
  readonly stack: readonly Undoable[];
  readonly push: (undoable: Undoable) => void;
  /** Undoes the last, or the one that began there, with what was done to that appointment since. It cannot be undone again. */
  readonly undo: (before?: Appointment) => void;
  /** An appointment was put back, which is a new revision of it: what was done earlier has led to that one. */
  readonly follow: (before: Appointment, now: Appointment) => void;
}

export const useUndos = create<Undos>((set, get) => ({
  stack: [],
  push: (undoable) => set(({ stack }) => ({ stack: [...stack, undoable].slice(-DEEPEST) })),
  undo: (before = get().stack.at(-1)?.before) => {
    const { stack } = get();
    const first = stack.findIndex((each) => each.before === before);
    const undone = stack.filter(({ after }, index) => first >= 0 && index >= first && after.id === before?.id);
    const last = undone.at(-1);
    if (!before || !last) return;
    set({ stack: stack.filter((each) => !undone.includes(each)) });
    last.putBack(last.after, before);
  },
  follow: (before, now) =>
    set(({ stack }) => ({
      stack: stack.map((each) =>
        each.after.id === now.id && each.after.revision === before.revision ? { ...each, after: now } : each,
      ),
    })),
}));
