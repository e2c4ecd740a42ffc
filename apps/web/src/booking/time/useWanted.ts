import { useState } from "react";
import type { Wanted } from "../api/listSlots";
import type { Page, Service } from "../api/types";
import type { Choosing } from "../flow/useFlow";
import { useZones } from "./useZones";
import { dateIn, daysAfter } from "./zones";

/** Which times are asked for: of what was chosen, from today or the date of the link, as far ahead as there are any. */
export function useWanted(page: Page, services: readonly Service[], flow: Choosing): Wanted {
  const { shown } = useZones(page, flow.store);
  const [now] = useState(() => new Date());
  const service = services.find(({ id }) => id === flow.choices.serviceId);
  const today = dateIn(now, shown);
  const until = daysAfter(today, (service?.maxAdvanceDays ?? 0) + 1);
  const from = flow.date !== undefined && flow.date > today && flow.date <= until ? flow.date : today;
  return {
    slug: page.slug,
    serviceId: flow.choices.serviceId ?? "",
    staffId: flow.choices.staffId ?? null,
    timezone: shown,
    from,
    until,
  };
}
