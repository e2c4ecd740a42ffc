/** Whether keys without Ctrl do things (WCAG 2.1.4: who speaks to their computer can turn them off). */

import { create } from "zustand";
import { keep, kept } from "../kept";

const KEPT = "sundial.singleKeys";
const OFF = "off";

interface SingleKeys {
  readonly areOn: boolean;
  readonly turn: (areOn: boolean) => void;
}

export const useSingleKeys = create<SingleKeys>((set) => ({
  areOn: kept(KEPT) !== OFF,
  turn: (areOn) => {
    keep(KEPT, areOn ? "on" : OFF);
    set({ areOn });
  },
}));
