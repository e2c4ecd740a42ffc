/** The appointments of a range, kept as the server has them. */

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Range } from "../../lib/live/cachedRange";
import { LiveCalendar, type State } from "../../lib/live/liveCalendar";
import type { Message } from "../../lib/live/messages";
import { watchNetwork } from "../../lib/live/watchNetwork";
import { useMe } from "../../lib/session/me";
import { isOwn } from "./ahead";
import { pulse } from "./highlights";
import { readRange, type Appointment } from "./readRange";

export interface LiveRange {
  /** Undefined while nothing was read yet. */
  readonly told: readonly Appointment[] | undefined;
  readonly state: State;
  /** Why nothing could be read; undefined as soon as something was. */
  readonly error: unknown;
  readonly refresh: () => void;
}

/** What to read again when something else of the business has changed. */
const STALE: Partial<Record<Message["type"], readonly string[]>> = {
  "business.changed": ["me"],
  "hours.changed": ["open"],
  "service.changed": ["services"],
  "staff.changed": ["staff", "open"],
  "time_off.added": ["open"],
  "time_off.removed": ["open"],
  "time_off.updated": ["open"],
};

export function useLiveRange(range: Range): LiveRange {
  const client = useQueryClient();
  const businessId = useMe().business.id;
  const [state, setState] = useState<State>("connecting");
  const [error, setError] = useState<unknown>(undefined);
  const live = useRef<LiveCalendar>(undefined);
  const [start, end] = [range.start.getTime(), range.end.getTime()];
  const key = useMemo(() => ["appointments", start, end], [start, end]);
  const { data: told } = useQuery<Appointment[]>({ queryKey: key, enabled: false });

  useEffect(() => {
    let isRead = false; // before that there is nothing to show, which is not the same as an empty range
    const read = async (asked: Range) => {
      try {
        const items = await readRange(asked);
        isRead = true;
        setError(undefined);
        return items;
      } catch (caught) {
        setError(caught);
        throw caught;
      }
    };
    const calendar = new LiveCalendar(
      { start: new Date(start), end: new Date(end) },
      { open: () => new WebSocket(address(businessId)), read },
      {
        changed: () => {
          setState(calendar.state);
          if (isRead) client.setQueryData(key, calendar.appointments);
        },
        told: (message) => hear(client, message),
      },
    );
    live.current = calendar;
    calendar.begin();
    const unwatch = watchNetwork(calendar);
    return () => {
      unwatch();
      calendar.end();
    };
  }, [businessId, client, key, start, end]);

  const refresh = useMemo(() => () => live.current?.refresh(), []);
  return { told, state, error: told ? undefined : error, refresh };
}

function hear(client: QueryClient, message: Message): void {
  for (const name of STALE[message.type] ?? []) void client.invalidateQueries({ queryKey: [name] });
  if (!message.type.startsWith("appointment.") || !("id" in message.data)) return;
  const id = String(message.data.id);
  if (!isOwn(id, message.revision)) pulse(id);
  void client.invalidateQueries({ queryKey: ["appointment", id] });
}

function address(businessId: string): string {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/ws/calendar/${businessId}`;
}
