/** When a live calendar may have missed something. */

import type { LiveCalendar } from "./liveCalendar";

/** Brings it up to date when the network changes and when somebody comes back to the page, until what it returns is called. */
export function watchNetwork(calendar: Pick<LiveCalendar, "reconnect" | "refresh">): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const reconnect = () => calendar.reconnect();
  window.addEventListener("offline", reconnect, { signal });
  window.addEventListener("online", reconnect, { signal });
  document.addEventListener("visibilitychange", () => document.hidden || calendar.refresh(), { signal });
  return () => listening.abort();
}
