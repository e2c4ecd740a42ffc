/** Moving, resizing and reassigning: shown at once, put back when refused, and to be undone. */

import { useCallback } from "react";
import { toast } from "../../components/toasts";
import { isProblem } from "../../lib/api/problem";
import { said } from "../../lib/api/said";
import { ALLOWABLE, conflictsOf, isAllowable, sentence } from "../../lib/conflicts/conflicts";
import { useLocale } from "../../lib/i18n/locale";
import type { Locale } from "../../lib/i18n/words";
import { useFormats } from "../../lib/time/business";
import type { Formats } from "../../lib/time/format";
import { useAhead } from "./ahead";
import type { Changes } from "./changeAppointment";
import { checkChange } from "./checkChange";
import { outline } from "./highlights";
import type { Appointment } from "./readRange";
import { send } from "./sending";
import { takeTurn } from "./turns";
import { useUndos } from "./undo";
import { calendarWords } from "./words";

export interface Place {
  readonly start: Date;
  readonly end: Date;
  readonly staffId: string;
  /** Another one than it has. */
  readonly serviceId?: string;
}

type Allowance = NonNullable<Changes["allow"]>[number];

export type Move = (appointment: Appointment, to: Place, allow?: readonly Allowance[]) => Promise<void>;

interface Order {
  readonly appointment: Appointment;
  readonly to: Place;
  readonly allow: readonly Allowance[];
  /** Where it is put back to, when that is what is done. */
  readonly undoes?: Appointment;
}

interface Context {
  readonly locale: Locale;
  readonly formats: Formats;
  readonly refresh: () => void;
}

export function useMove(refresh: () => void): Move {
  const locale = useLocale();
  const formats = useFormats();
  return useCallback(
    (appointment, to, allow = []) => move({ appointment, to, allow }, { locale, formats, refresh }),
    [formats, locale, refresh],
  );
}

async function move(order: Order, context: Context): Promise<void> {
  const { appointment, to, allow } = order;
  const { begin, settle, revert } = useAhead.getState();
  const show = (now: Appointment) => begin({ ...now, ...shownOf(changesOf(now, to)) });
  if (Object.keys(changesOf(appointment, to)).length === 0) return;
  show(appointment);
  const turn = takeTurn(appointment, async (now) => {
    const changes = changesOf(now, to);
    show(now);
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

function sayItWaits(appointment: Appointment, { locale }: Context): void {
  toast({ kind: "failed", text: calendarWords[locale].unsent(who(appointment)) });
}

function sayMoved(
  { before, after }: { readonly before: Appointment; readonly after: Appointment },
  { undoes }: Order,
  context: Context,
): void {
  const words = calendarWords[context.locale];
  const text = words.moved(who(after), context.formats.moment(new Date(after.start)));
  const { follow, push, undo } = useUndos.getState();
  if (undoes) {
    follow(undoes, after);
    toast({ kind: "done", text });
    return;
  }
  const putBack = (from: Appointment, to: Appointment) =>
    void move({ appointment: from, to: placeOf(to), allow: ALLOWABLE, undoes: to }, context);
  push({ before, after, putBack });
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

/** What an appointment looks like before the change is answered. */
function shownOf({ start, end, staffId, serviceId }: Changes): Partial<Appointment> {
  return {
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...(staffId ? { staffId } : {}),
    ...(serviceId ? { serviceId } : {}),
  };
}

async function nextFree(id: string, changes: Changes): Promise<{ start: Date; end: Date } | undefined> {
  try {
    const [next] = (await checkChange(id, changes)).alternatives;
    return next && { start: new Date(next.start), end: new Date(next.end) };
  } catch {
    return undefined; // it only helps
  }
}

/** Only what differs: what somebody else changed meanwhile is not to be written over. */
export function changesOf(appointment: Appointment, to: Place): Changes {
  const [start, end] = [to.start.getTime(), to.end.getTime()];
  const serviceId = to.serviceId === appointment.serviceId ? undefined : to.serviceId;
  const moves = start !== Date.parse(appointment.start) || end !== Date.parse(appointment.end);
  return {
    // Another service would bring its own length along.
    ...(moves || serviceId ? { start: to.start.toISOString(), end: to.end.toISOString() } : {}),
    ...(serviceId ? { serviceId } : {}),
    ...(to.staffId === appointment.staffId ? {} : { staffId: to.staffId }),
  };
}

export function placeOf({ start, end, staffId, serviceId }: Appointment): Place {
  return { start: new Date(start), end: new Date(end), staffId, serviceId };
}

export function who(appointment: Appointment): string {
  return appointment.customer?.name ?? appointment.serviceName;
}
