/** A ref for what is to have the focus as soon as it is there; in a dialog, as soon as that is open. */
export function focusAtOnce(node: HTMLElement | null): void {
  node?.setAttribute("autofocus", "");
  node?.focus();
}
