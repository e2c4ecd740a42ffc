/** How high the rows of the grid are, and how many minutes one has: kept for the next time. */

import { create } from "zustand";
import { keep, kept } from "../../lib/kept";

interface Level {
  /** Minutes of a row, and of a step of what is moved. */
  readonly step: number;
}

const QUARTERS: Level = { step: 15 };

/** From the lowest rows to the highest; grid.css says how high. */
export const LEVELS: readonly Level[] = [{ step: 30 }, QUARTERS, QUARTERS, { step: 10 }, { step: 5 }];
const USUAL = 1;
const KEPT = "sundial.rows";

interface Zoom {
  readonly level: number;
  /** Up or down, as far as there is a level. */
  readonly by: (levels: number) => void;
}

export const useZoom = create<Zoom>((set, get) => ({
  level: chosen(),
  by: (levels) => {
    const level = Math.min(Math.max(get().level + levels, 0), LEVELS.length - 1);
    keep(KEPT, String(level));
    set({ level });
  },
}));

export function useLevel(): Level {
  return LEVELS[useZoom(({ level }) => level)] ?? QUARTERS;
}

function chosen(): number {
  const level = Number(kept(KEPT) ?? USUAL);
  return level in LEVELS ? level : USUAL;
}
