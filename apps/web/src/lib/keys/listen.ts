import { useEffect } from "react";
import { useSingleKeys } from "./singleKeys";

const WRITTEN_IN = "input, select, textarea, dialog, [contenteditable]";

/** What a key does; undefined when it is none of ours. */
export type ActionOf = (event: KeyboardEvent) => (() => void) | undefined;

/**
 * Keys of the whole window. `single`: without Ctrl or Cmd, unless they are turned off or something is written;
 * `withControl`: with it, but in dialogs.
 */
export function useKeyPresses(single: ActionOf, withControl: ActionOf): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const act = event.defaultPrevented ? undefined : actionOf(event);
      if (!act) return;
      event.preventDefault();
      act();
    };
    const actionOf = (event: KeyboardEvent) => {
      if (event.altKey) return undefined;
      if (event.ctrlKey || event.metaKey) return isIn(event, "dialog") ? undefined : withControl(event);
      return !useSingleKeys.getState().areOn || isIn(event, WRITTEN_IN) ? undefined : single(event);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [single, withControl]);
}

export function isIn({ target }: KeyboardEvent, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
