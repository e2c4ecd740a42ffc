import type { Change } from "./undo";

/** So that none goes to where another one still is: what went forward the earliest first, what went back the latest first. */
export function inFreeOrder(changes: readonly Change[]): readonly Change[] {
  const start = ({ before }: Change) => Date.parse(before.start);
  const isForward = changes.some(({ before, after }) => after.start > before.start);
  return changes.toSorted((one, other) => (isForward ? start(one) - start(other) : start(other) - start(one)));
}
