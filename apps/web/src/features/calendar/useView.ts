/** What is looked at: kept in the address, so that it can be sent, come back to, and left by Back. */

import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { useBusinessZone } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import type { Status } from "./readRange";

export const VIEWS = ["day", "week", "month", "agenda"] as const;
export type View = (typeof VIEWS)[number];

export interface Look {
  readonly view: View;
  /** A date of the business, such as `2026-12-01`. */
  readonly day: string;
  /** Empty for everybody. */
  readonly staff: readonly string[];
  readonly service: string | undefined;
  readonly status: Status | undefined;
  /** Whose editor is open; `new` for one that is about to be. */
  readonly appointment: string | undefined;
}

type Changed = { readonly [Key in keyof Look]?: Look[Key] | undefined };

const NARROW = "(max-width: 640px)";

export function useView(): readonly [Look, (changed: Changed) => void] {
  const [search, setSearch] = useSearchParams();
  const zone = useBusinessZone();
  const look = useMemo(() => read(search, dayOf(zone, new Date())), [search, zone]);
  const change = useCallback(
    // Of the address as it is by now: another key may have changed it since the last render.
    (changed: Changed) => setSearch(written(window.location.search, changed), { replace: isOnlyFilter(changed) }),
    [setSearch],
  );
  return [look, change];
}

function read(search: URLSearchParams, today: string): Look {
  const given = (name: string) => search.get(name) ?? undefined;
  const view = VIEWS.find((each) => each === given("view"));
  return {
    view: view ?? (matchMedia(NARROW).matches ? "agenda" : "day"),
    day: dateOf(given("day")) ?? today,
    staff: (given("staff") ?? "").split(",").filter(Boolean),
    service: given("service"),
    status: given("status") as Status | undefined,
    appointment: given("appointment"),
  };
}

function dateOf(text: string | undefined): string | undefined {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

function written(before: string, changed: Changed): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changed)) {
    const text = Array.isArray(value) ? value.join(",") : (value as string | undefined);
    if (text) after.set(name, text);
    else after.delete(name);
  }
  return after;
}

function isOnlyFilter(changed: Changed): boolean {
  return !("appointment" in changed || "view" in changed);
}
