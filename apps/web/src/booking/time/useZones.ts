/** In which zones times are shown: that of the business and that of the guest, where they differ. */

import { useState } from "react";
import type { Page } from "../api/types";
import type { Store } from "../flow/store";
import { useFormats } from "../i18n/messages";
import { cityOf, differ, everDiffer, ownZone } from "./zones";

export interface Zones {
  /** The one in which times are shown, and days begin. */
  readonly shown: string;
  /** The other one, where it shows other times; undefined where both are alike. */
  readonly other: string | undefined;
}

export function useZones(page: Page, store: Store): Zones {
  const wanted = store((progress) => progress.zone);
  const own = ownZone();
  const [isElsewhere] = useState(() => everDiffer(new Date(), own, page.timezone));
  if (!isElsewhere) return { shown: page.timezone, other: undefined };
  return wanted === own ? { shown: own, other: page.timezone } : { shown: page.timezone, other: own };
}

/** A moment in words, and in the words of the other zone, each with its city where there are two. */
export function useMoment(page: Page, store: Store): (instant: string) => { first: string; second?: string } {
  const { shown, other } = useZones(page, store);
  const hour12 = store((progress) => progress.hour12);
  const { moment, beside } = useFormats();
  return (instant) => {
    const first = moment(instant, shown, hour12);
    if (other === undefined || !differ(new Date(instant), shown, other)) return { first };
    return {
      first: beside(first, cityOf(shown)),
      second: beside(moment(instant, other, hour12), cityOf(other)),
    };
  };
}
