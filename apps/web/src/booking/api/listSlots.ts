import { type QueryFunctionContext, infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { embedding } from "../flow/address";
import { nextPage } from "../time/pages";
import { get } from "./request";
import type { Slots } from "./types";

/** So many days are asked for at once. Between the parts of another site the page is as high as its list. */
const DAYS = 14;
const DAYS_INLINE = 4;

const FRESH = 20_000; // milliseconds: others book meanwhile

export interface Wanted {
  readonly slug: string;
  readonly serviceId: string;
  /** null: whoever is free. */
  readonly staffId: string | null;
  /** The dates are those of this zone. */
  readonly timezone: string;
  /** The first date that is shown. */
  readonly from: string;
  /** No date after this can be booked. */
  readonly until: string;
}

/** The free times from that date on, some weeks at a time; days with nothing free are leapt over. */
export const slotsQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["slots", wanted],
    queryFn: (context) => listed(wanted, context.pageParam, false, isOutdated(context)),
    initialPageParam: wanted.from,
    getNextPageParam: (last: Slots) => nextPage(last, wanted.until),
    staleTime: FRESH,
  });

/** The first free times, with who is free. */
export const firstSlotsQuery = (wanted: Wanted) =>
  queryOptions({
    queryKey: ["first slots", wanted],
    queryFn: (context) => listed({ ...wanted, staffId: null }, wanted.from, true, isOutdated(context)),
    staleTime: FRESH,
  });

/** After a time was lost, the list that still shows it is asked for anew, past what the gateway keeps for a second. */
function isOutdated({ client, queryKey }: Pick<QueryFunctionContext, "client" | "queryKey">): boolean {
  return client.getQueryState(queryKey)?.isInvalidated ?? false;
}

function listed(wanted: Wanted, date: string, withStaff: boolean, isNew: boolean): Promise<Slots> {
  const query = new URLSearchParams({
    serviceId: wanted.serviceId,
    date,
    days: String(embedding() === "inline" ? DAYS_INLINE : DAYS),
    timezone: wanted.timezone,
    ...(wanted.staffId === null ? {} : { staffId: wanted.staffId }),
    ...(withStaff ? { include: "staff" } : {}),
  });
  return get<Slots>(`booking/${wanted.slug}/availability?${query.toString()}`, isNew);
}
