import { useMemo } from "react";
import { useLocale } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { move, type Allowance, type Context } from "./moving";
import type { Place } from "./place";
import type { Appointment } from "./readRange";
import { moveSeries, type SeriesOrder } from "./series/moveSeries";

export type Move = (appointment: Appointment, to: Place, allow?: readonly Allowance[]) => Promise<void>;
/** Throws Problem when it cannot be. */
export type MoveSeries = (order: SeriesOrder) => Promise<void>;

export interface Moves {
  readonly move: Move;
  readonly moveSeries: MoveSeries;
}

/** Moving one appointment, or several of its series with it. */
export function useMove(refresh: () => void): Moves {
  const locale = useLocale();
  const formats = useFormats();
  return useMemo(() => {
    const context: Context = { locale, formats, refresh };
    return {
      move: (appointment, to, allow = []) => move({ appointment, to, allow }, context),
      moveSeries: (order) => moveSeries(order, context),
    };
  }, [formats, locale, refresh]);
}
