/** Where an import is in its life, and what that means for who looks at it. */

import type { BadgeProps } from "../../components/Badge";
import type { Shape } from "../../lib/api/client";
import type { Action, Row } from "./requests/listRows";

type State = Shape<"ImportState">;
type Tone = NonNullable<BadgeProps["tone"]>;
type Outcome = NonNullable<Row["outcome"]>;

export const KINDS = [
  "customers",
  "services",
  "staff",
  "appointments",
  "timeOff",
] as const satisfies readonly Shape<"ImportKind">[];
export const ACTIONS = ["error", "add", "update", "skip"] as const satisfies readonly Action[];

export const OUTCOMES = [
  "added",
  "updated",
  "skipped",
  "failed",
  "removed",
  "kept",
] as const satisfies readonly Outcome[];

export const STATE_TONES: Readonly<Record<State, Tone>> = {
  checked: "warn",
  applying: "accent",
  applied: "good",
  undoing: "accent",
  undone: "plain",
  failed: "bad",
};

export const FATE_TONES: Readonly<Record<Action | Outcome, Tone>> = {
  add: "good",
  update: "accent",
  skip: "plain",
  error: "bad",
  added: "good",
  updated: "accent",
  skipped: "plain",
  failed: "bad",
  removed: "plain",
  kept: "warn",
};

/** Whether it is being written or taken back right now. */
export function isAtWork(state: State): boolean {
  return state === "applying" || state === "undoing";
}

export function kindOf(name: string): Shape<"ImportKind"> {
  return KINDS.find((kind) => kind === name) ?? "customers";
}

/** How many rows would be written. */
export function toWrite(actions: Readonly<Record<string, number>>): number {
  return (actions["add"] ?? 0) + (actions["update"] ?? 0);
}

/** `failed` is said of a row, too, and means something else there. */
export function stateWord(state: State): Exclude<State, "failed"> | "stopped" {
  return state === "failed" ? "stopped" : state;
}
