/** Which appointments are pointed out for a moment: changed by somebody else, or in the way of a change. */

import { create } from "zustand";

const PULSE = 2_500; // milliseconds
const OUTLINE = 4_000;

interface Highlights {
  readonly pulsing: ReadonlySet<string>;
  readonly clashing: ReadonlySet<string>;
}

export const useHighlights = create<Highlights>(() => ({ pulsing: new Set(), clashing: new Set() }));

export function pulse(id: string): void {
  show("pulsing", [id], PULSE);
}

export function outline(ids: readonly string[]): void {
  show("clashing", ids, OUTLINE);
}

function show(kind: keyof Highlights, ids: readonly string[], time: number): void {
  useHighlights.setState((shown) => ({ [kind]: new Set([...shown[kind], ...ids]) }));
  setTimeout(() => {
    useHighlights.setState((shown) => ({ [kind]: new Set([...shown[kind]].filter((id) => !ids.includes(id))) }));
  }, time);
}
