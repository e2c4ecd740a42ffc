/** Where in the booking somebody is: the step, kept in the browser's history, and the choices, in the address and kept. */

import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import type { Service } from "../api/types";
import { deepLink, linked, searchOf } from "./address";
import { before, following, reachable, settled, stillAhead, type Choices, type Step } from "./steps";
import { storeOf, type Store } from "./store";

/** What an entry of the history knows. The secret of a booking is nowhere else: it ends with the tab. */
interface Entry {
  readonly step?: Step;
  readonly manageToken?: string;
}

export interface Flow {
  readonly step: Step;
  readonly choices: Choices;
  /** Of the booking that was made. */
  readonly manageToken: string | undefined;
  /** Whether somebody has gone on from where they came in. */
  readonly hasMoved: boolean;
  /** The first date that a link asks for. */
  readonly date: string | undefined;
  readonly store: Store;
  /** Choose, and go on to what is then to be done. */
  readonly choose: (changed: Partial<Choices>) => void;
  readonly goTo: (step: Step) => void;
  /** undefined at the first step. */
  readonly back: (() => void) | undefined;
  readonly booked: (manageToken: string) => void;
  readonly again: () => void;
}

/** As much of it as choosing a time needs. */
export type Choosing = Pick<Flow, "choices" | "choose" | "date" | "store">;

export function useFlow(slug: string, services: readonly Service[]): Flow {
  const [store] = useState(() => begun(slug, services));
  const entry = useSyncExternalStore(subscribe, entryNow);
  const [first] = useState(entry);
  const kept = store((progress) => progress.choices);
  const choices = useMemo(() => settled(kept, services), [kept, services]);
  const wanted = entry.step ?? following(choices, services);
  const step = reachable(wanted === "booked" && !entry.manageToken ? "service" : wanted, choices, services);
  const move = useCallback((next: Step, chosen: Choices, more: Entry = {}, how: How = "pushState") => {
    go({ step: next, ...more }, chosen, how);
  }, []);
  const previous = before(step, choices, services);
  return {
    step,
    choices,
    store,
    manageToken: entry.manageToken,
    hasMoved: entry !== first,
    date: deepLink(location.search).date,
    choose: (changed) => {
      const chosen = settled({ ...choices, ...changed }, services);
      store.getState().choose(chosen);
      const next = following(chosen, services);
      move(next, chosen, {}, next === step ? "replaceState" : "pushState");
    },
    goTo: (next) => {
      move(next, choices);
    },
    back:
      previous &&
      (() => {
        move(previous, choices);
      }),
    booked: (manageToken) => {
      store.getState().forget();
      move("booked", choices, { manageToken }, "replaceState");
    },
    again: () => {
      const chosen = settled({ ...choices, serviceId: undefined, start: undefined }, services);
      store.getState().choose(chosen);
      move(following(chosen, services), chosen);
    },
  };
}

type How = "pushState" | "replaceState";

/** The store, with what a link chooses: it counts more than what was chosen before. */
function begun(slug: string, services: readonly Service[]): Store {
  const store = storeOf(slug);
  const { choices, choose } = store.getState();
  const chosen = settled(stillAhead(linked(choices, deepLink(location.search))), services);
  choose(chosen);
  // Whoever comes back to where they came in finds that step, whatever they have chosen since.
  if (entryNow().step === undefined) history.replaceState({ step: following(chosen, services) } satisfies Entry, "");
  return store;
}

const listeners = new Set<() => void>();

function go(entry: Entry, chosen: Choices, how: How): void {
  const { date } = deepLink(location.search);
  const link = {
    ...(chosen.serviceId === undefined ? {} : { serviceId: chosen.serviceId }),
    ...(chosen.staffId === undefined ? {} : { staffId: chosen.staffId }),
    ...(date === undefined ? {} : { date }),
  };
  history[how](entry, "", location.pathname + searchOf(link, location.search));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

const NO_ENTRY: Entry = {};

function entryNow(): Entry {
  return (history.state as Entry | null) ?? NO_ENTRY;
}
