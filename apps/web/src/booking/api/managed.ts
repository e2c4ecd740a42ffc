/** The appointment that a manage link leads to. */

import { queryOptions } from "@tanstack/react-query";
import { get, post } from "./request";
import type { Managed, ToPay } from "./types";

export const managedQuery = (token: string) =>
  queryOptions({ queryKey: ["managed", token], queryFn: () => get<Managed>(`bookings/${token}`), staleTime: 0 });

export const calendarPath = (token: string) => `/api/public/bookings/${token}/calendar.ics`;

export const cancel = (token: string) => post<Managed>(`bookings/${token}/cancel`);

export const reschedule = (token: string, start: string, staffId: string | null) =>
  post<Managed>(`bookings/${token}/reschedule`, { start, staffId });

/** What the card form needs; asked again, the same. */
export const pay = (token: string) => post<ToPay>(`bookings/${token}/pay`);

export const verify = (token: string, code: string) => post<Managed>(`bookings/${token}/verify`, { code });
