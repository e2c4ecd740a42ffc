/** Changes of this tab that the live calendar has not told yet: shown at once, taken back when they are refused. */

import { create } from "zustand";
import type { Appointment } from "./readRange";

interface Change {
  readonly appointment: Appointment;
  /** Whether the server has not answered yet. */
  readonly isPending: boolean;
}

interface Ahead {
  readonly changes: ReadonlyMap<string, Change>;
  readonly begin: (appointment: Appointment) => void;
  readonly settle: (appointment: Appointment) => void;
  readonly revert: (id: string) => void;
}

export const useAhead = create<Ahead>((set) => {
  const change = (id: string, to: Change | undefined) =>
    set(({ changes }) => {
      const next = new Map(changes);
      if (to) next.set(id, to);
      else next.delete(id);
      return { changes: next };
    });
  return {
    changes: new Map(),
    begin: (appointment) => change(appointment.id, { appointment, isPending: true }),
    settle: (appointment) => change(appointment.id, { appointment, isPending: false }),
    revert: (id) => change(id, undefined),
  };
});

/** What was told, with the changes that are newer than it. */
export function withChanges(told: readonly Appointment[], changes: Ahead["changes"]): Appointment[] {
  if (changes.size === 0) return [...told];
  const known = new Set(told.map(({ id }) => id));
  const shown = told.map((each) => {
    const change = changes.get(each.id);
    return change && isNewer(change, each) ? change.appointment : each;
  });
  const added = [...changes.values()].filter(({ appointment }) => !known.has(appointment.id));
  return [...shown, ...added.map(({ appointment }) => appointment)].filter(({ status }) => status !== "CANCELLED");
}

function isNewer({ appointment, isPending }: Change, told: Appointment): boolean {
  return isPending ? appointment.revision >= told.revision : appointment.revision > told.revision;
}

/** Whether a message is about what this tab did itself. */
export function isOwn(id: string, revision: number): boolean {
  const change = useAhead.getState().changes.get(id);
  return change !== undefined && (change.isPending || change.appointment.revision >= revision);
}
