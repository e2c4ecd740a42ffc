/** Undoing what was done to several appointments at once: each goes back by itself to where it was, if it still can. */

import { toast } from "../../components/toasts";
import { ALLOWABLE } from "../../lib/conflicts/conflicts";
import { useAhead } from "./ahead";
import { inFreeOrder } from "./freeOrder";
import type { Context } from "./moving";
import { changesOf, placeOf, shownAt } from "./place";
import { send } from "./sending";
import { seriesWords } from "./series/words";
import { takeTurn } from "./turns";
import { useUndos, type Change } from "./undo";

export async function putSeveralBack(changes: readonly Change[], { locale, refresh }: Context): Promise<void> {
  const words = seriesWords[locale];
  for (const { before, after } of changes) useAhead.getState().begin(shownAt(after, placeOf(before)));
  let stayed = 0;
  for (const change of inFreeOrder(changes)) {
    const isBack = await putOneBack(change, () => toast({ kind: "failed", text: words.backUnsent }));
    if (!isBack) stayed += 1;
  }
  const detail = stayed > 0 ? { detail: words.stayed(stayed) } : {};
  toast({ kind: stayed > 0 ? "failed" : "done", text: words.allBack(changes.length - stayed), ...detail });
  refresh();
}

/** Whether it is back. */
async function putOneBack({ before, after }: Change, waits: () => void): Promise<boolean> {
  const { settle, revert } = useAhead.getState();
  const place = placeOf(before);
  const turn = takeTurn(after, (now) => send(now, { ...changesOf(now, place), allow: [...ALLOWABLE] }, waits));
  try {
    const made = await turn.made;
    if (turn.isLast()) settle(made.after);
    useUndos.getState().follow(before, made.after);
    return true;
  } catch {
    if (turn.isLast()) revert(after.id);
    return false;
  }
}
