/** Moving, resizing and reassigning: shown at once, put back when refused, and to be undone. */

import { toast } from "../../components/toasts";
import { isProblem } from "../../lib/api/problem";
import { said } from "../../lib/api/said";
import { who } from "../../lib/appointments/names";
import { ALLOWABLE, conflictsOf, isAllowable, sentence } from "../../lib/conflicts/conflicts";
import type { Locale } from "../../lib/i18n/words";
import type { Formats } from "../../lib/time/format";
import { useAhead } from "./ahead";
import type { Changes } from "./changeAppointment";
import { checkChange } from "./checkChange";
import { outline } from "./highlights";
import { changesOf, placeOf, shownAt, type Place } from "./place";
import { putSeveralBack } from "./putSeveralBack";
import type { Appointment } from "./readRange";
import { send } from "./sending";
import { takeTurn } from "./turns";
import { useUndos, type Change } from "./undo";
import { calendarWords } from "./words";

export type Allowance = NonNullable<Changes["allow"]>[number];

export interface Order {
  readonly appointment: Appointment;
  readonly to: Place;
  readonly allow: readonly Allowance[];
  /** Where it is put back to, when that is what is done. */
  readonly undoes?: Appointment;
}

export interface Context {
  readonly locale: Locale;
  readonly formats: Formats;
  readonly refresh: () => void;
}

export async function move(order: Order, context: Context): Promise<void> {
  const { appointment, to, allow } = order;
  const { begin, settle, revert } = useAhead.getState();
  if (Object.keys(changesOf(appointment, to)).length === 0) return;
  begin(shownAt(appointment, to));
  const turn = takeTurn(appointment, async (now) => {
    const changes = changesOf(now, to);
    begin(shownAt(now, to));
    if (Object.keys(changes).length === 0) return now;
    return send(now, { ...changes, allow: [...allow] }, () => sayItWaits(appointment, context));
  });
  try {
    const made = await turn.made;
    if (turn.isLast()) settle(made.after);
    sayMoved(made, order, context);
  } catch (error) {
    // If it was moved again meanwhile, that counts.
    if (turn.isLast()) {
      revert(appointment.id);
      await explain(error, order, context);
    }
  }
  context.refresh();
}

/** Undoes: each goes from where it is by now to where it was. */
export function putBack(changes: readonly Change[], context: Context): void {
  const [first] = changes;
  if (!first) return;
  if (changes.length > 1) void putSeveralBack(changes, context);
  else {
    const { before: to, after: appointment } = first;
    void move({ appointment, to: placeOf(to), allow: ALLOWABLE, undoes: to }, context);
  }
}

function sayItWaits(appointment: Appointment, { locale }: Context): void {
  toast({ kind: "failed", text: calendarWords[locale].unsent(who(appointment)) });
}

function sayMoved(change: Change, { undoes }: Order, context: Context): void {
  const { before, after } = change;
  const words = calendarWords[context.locale];
  const text = words.moved(who(after), context.formats.moment(new Date(after.start)));
  const { follow, push, undo } = useUndos.getState();
  if (undoes) {
    follow(undoes, after);
    toast({ kind: "done", text });
    return;
  }
  push({ changes: [change], putBack: (changes) => putBack(changes, context) });
  toast({ kind: "done", text, action: { label: words.undo, act: () => undo(before) } });
}

/** Why it was put back, and what to do instead. */
async function explain(error: unknown, { appointment, to, allow }: Order, context: Context): Promise<void> {
  const { locale, formats } = context;
  const words = calendarWords[locale];
  if (!isProblem(error, "SlotTaken", "NotBookable")) {
    toast({ kind: "failed", text: words.putBack(who(appointment)), detail: said(error, locale) });
    return;
  }
  const conflicts = conflictsOf(error);
  outline(conflicts.flatMap(({ appointmentId }) => appointmentId ?? []));
  const reason = conflicts[0] ? sentence(conflicts[0], formats, locale) : said(error, locale);
  const text = words.putBackBecause(who(appointment), reason);
  const again = (place: Place, allowed: readonly Allowance[]) =>
    void move({ appointment, to: place, allow: allowed }, context);
  if (isAllowable(conflicts)) {
    toast({ kind: "failed", text, action: { label: words.moveAnyway, act: () => again(to, ALLOWABLE) } });
    return;
  }
  const next = await nextFree(appointment.id, { ...changesOf(appointment, to), allow: [...allow] });
  const instead = next && {
    detail: words.nextFree(formats.moment(next.start)),
    action: { label: words.takeIt, act: () => again({ ...to, ...next }, []) },
  };
  toast({ kind: "failed", text, ...instead });
}

async function nextFree(id: string, changes: Changes): Promise<{ start: Date; end: Date } | undefined> {
  try {
    const [next] = (await checkChange(id, changes)).alternatives;
    return next && { start: new Date(next.start), end: new Date(next.end) };
  } catch {
    return undefined; // it only helps
  }
}
