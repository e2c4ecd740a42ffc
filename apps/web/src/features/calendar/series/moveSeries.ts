/** Moving several appointments of a series as one of them was, by the clock on the wall: all of them or none, and to be undone. */

import { toast } from "../../../components/toasts";
import { Problem } from "../../../lib/api/problem";
import type { Scope } from "../../../lib/appointments/scope";
import { useAhead } from "../ahead";
import { putBack, type Context } from "../moving";
import { changesOf, type Place } from "../place";
import type { Appointment } from "../readRange";
import { takeTurn } from "../turns";
import { useUndos, type Change } from "../undo";
import { calendarWords } from "../words";
import { changeSeries, type SeriesChanges } from "./changeSeries";
import { readSeries } from "./readSeries";
import { seriesWords } from "./words";

export interface SeriesOrder {
  readonly appointment: Appointment;
  readonly to: Place;
  readonly scope: Exclude<Scope, "this">;
  readonly allow: NonNullable<SeriesChanges["allow"]>;
}

interface Made {
  readonly changes: readonly Change[];
  /** How many stayed, because they cannot be had there. */
  readonly skipped: number;
}

/** Throws Problem when it cannot be. */
export async function moveSeries(order: SeriesOrder, context: Context): Promise<void> {
  const { id } = order.appointment;
  const { settle } = useAhead.getState();
  let made: Made = { changes: [], skipped: 0 };
  const turn = takeTurn(order.appointment, async (now) => {
    made = await change(now, order);
    return made.changes.find(({ after }) => after.id === id)?.after ?? now;
  });
  const { after: itself } = await turn.made;
  if (turn.isLast()) settle(itself); // where it was, when it had to stay
  for (const { after } of made.changes) if (after.id !== id) settle(after);
  sayMoved(made, context);
  context.refresh();
}

async function change(now: Appointment, { to, scope, allow }: SeriesOrder): Promise<Made> {
  const before = await readSeries(now.seriesId ?? "");
  const asStored = new Map(before.items.map((each) => [each.id, each]));
  // The others go as far as this one does: from where it was seen, or not at all.
  if (asStored.get(now.id)?.revision !== now.revision) throw new Problem({ status: 412, code: "StaleRevision" });
  const wanted = { ...seriesChangesOf(now, to), scope, appointmentId: now.id, allow };
  const { items, skipped } = await changeSeries(before.id, wanted, before.revision);
  const changes = items.flatMap((after) => {
    const found = asStored.get(after.id);
    return found && found.revision !== after.revision ? [{ before: found, after }] : [];
  });
  return { changes, skipped: skipped.length };
}

/** What is only moved leaves each of the others its own length. */
function seriesChangesOf(now: Appointment, to: Place): Partial<SeriesChanges> {
  const { end, ...rest } = changesOf(now, to);
  const isAsLong = to.end.getTime() - to.start.getTime() === Date.parse(now.end) - Date.parse(now.start);
  return !end || (isAsLong && !rest.serviceId) ? rest : { ...rest, end };
}

function sayMoved({ changes, skipped }: Made, context: Context): void {
  const [first] = changes;
  if (!first) return;
  const words = seriesWords[context.locale];
  const { push, undo } = useUndos.getState();
  push({ changes, putBack: (all) => putBack(all, context) });
  toast({
    kind: "done",
    text: words.changed,
    ...(skipped > 0 ? { detail: words.stayed(skipped) } : {}),
    action: { label: calendarWords[context.locale].undo, act: () => undo(first.before) },
  });
}
