/** A time is held while its guest fills in the form, and no longer. */

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { holdQuery, release } from "../api/hold";
import type { Hold } from "../api/types";
import type { Flow } from "./useFlow";

/** The hold of the chosen time. */
export function useHold(slug: string, flow: Flow) {
  const { serviceId, staffId, start } = flow.choices;
  const key = flow.store((progress) => progress.holdKey);
  const wish = { serviceId: serviceId ?? "", staffId: staffId ?? null, start: start ?? "" };
  return useQuery({ ...holdQuery(slug, wish, key ?? ""), enabled: start !== undefined && key !== undefined });
}

/** The token of a hold, once it was first answered: a booking that overtook its own hold would find the time taken. */
export async function heldToken(queries: QueryClient, slug: string, key: string | undefined) {
  const cache = queries.getQueryCache();
  const state = () => cache.find<Hold>({ queryKey: ["hold", slug, key] })?.state;
  const isOnItsWay = () => state()?.fetchStatus === "fetching" && state()?.fetchFailureCount === 0;
  if (isOnItsWay()) {
    await new Promise<void>((answered) => {
      const leave = cache.subscribe(() => {
        if (isOnItsWay()) return;
        leave();
        answered();
      });
    });
  }
  return state()?.data?.holdToken;
}

/** Gives the time back as soon as its guest goes back to choose another one. */
export function useHoldOnlyWhileNeeded(slug: string, { step, store }: Flow): void {
  const queries = useQueryClient();
  useEffect(() => {
    const { holdKey, holdAnew } = store.getState();
    if (step === "details" || step === "booked" || holdKey === undefined) return;
    const held = queries.getQueryData<Hold>(["hold", slug, holdKey]);
    if (!held) return;
    holdAnew();
    void given(queries, slug, holdKey, held.holdToken);
  }, [step, slug, store, queries]);
}

async function given(queries: QueryClient, slug: string, key: string, token: string): Promise<void> {
  queries.removeQueries({ queryKey: ["hold", slug, key] });
  await release(slug, token);
  await queries.invalidateQueries({ queryKey: ["slots"] });
}
