/** What was chosen, kept over a refresh: ids, a time, keys. Never who books: a computer may be shared. */

import { create, type StoreApi, type UseBoundStore } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { Details } from "../steps/details/schema";
import { NOTHING, type Choices } from "./steps";
import { newKey } from "../../lib/newKey";

export interface Progress {
  readonly choices: Choices;
  /** The `Idempotency-Key` under which the chosen time is held. */
  readonly holdKey: string | undefined;
  /** The zone in which times are shown first; undefined: that of the business. */
  readonly zone: string | undefined;
  readonly hour12: boolean | undefined;
  /** What was filled in, kept while somebody looks for another time, and nowhere but in memory. */
  readonly draft: Details | undefined;
}

interface Doing {
  readonly choose: (choices: Choices) => void;
  /** Another hold: under a new key. */
  readonly holdAnew: () => void;
  readonly show: (how: Partial<Pick<Progress, "zone" | "hour12">>) => void;
  readonly keepDraft: (draft: Details) => void;
  readonly forget: () => void;
}

export type Store = UseBoundStore<StoreApi<Progress & Doing>>;

const EMPTY: Progress = {
  choices: NOTHING,
  holdKey: undefined,
  zone: undefined,
  hour12: undefined,
  draft: undefined,
};

/** The progress on one page, kept for as long as the tab is open. */
export function storeOf(slug: string): Store {
  return create<Progress & Doing>()(
    persist(
      (set, get) => ({
        ...EMPTY,
        choose: (choices) => {
          const isSameTime = sameWish(choices, get().choices);
          set({ choices, ...(isSameTime ? {} : { holdKey: choices.start && newKey() }) });
        },
        holdAnew: () => {
          set({ holdKey: newKey() });
        },
        show: set,
        keepDraft: (draft) => {
          set({ draft });
        },
        forget: () => {
          set({ choices: NOTHING, holdKey: undefined, draft: undefined });
        },
      }),
      {
        name: `sundial:booking:${slug}`,
        version: 1,
        storage: createJSONStorage(() => sessionStorage),
        partialize: ({ choices, holdKey, zone, hour12 }) => ({ choices, holdKey, zone, hour12 }),
      },
    ),
  );
}

function sameWish(one: Choices, other: Choices): boolean {
  return one.start === other.start && one.serviceId === other.serviceId && one.staffId === other.staffId;
}
