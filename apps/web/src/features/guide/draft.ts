/** What was said in the guide and is not saved yet: hours, before there is anybody who has them. */

import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { Week } from "../../lib/hours/week";

interface Draft {
  /** Of which business. */
  readonly businessId: string | undefined;
  readonly week: Week | undefined;
  readonly keep: (businessId: string, week: Week) => void;
}

const useDraft = create<Draft>()(
  persist(
    (set) => ({ businessId: undefined, week: undefined, keep: (businessId, week) => set({ businessId, week }) }),
    { name: "sundial.guide", storage: createJSONStorage(() => sessionStorage) },
  ),
);

/** Outlives a reload of the page, and is no other business's. */
export function useDraftedWeek(businessId: string): readonly [Week | undefined, (week: Week) => void] {
  const draft = useDraft();
  return [draft.businessId === businessId ? draft.week : undefined, (week) => draft.keep(businessId, week)];
}
