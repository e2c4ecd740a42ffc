/** Waiting for what is full. */

import { queryOptions } from "@tanstack/react-query";
import { get, post } from "./request";
import type { Booked, Join, Joined, Waiting } from "./types";

export const join = (slug: string, wish: Join, key: string) => post<Joined>(`booking/${slug}/waiting-list`, wish, key);

export const waitingQuery = (token: string) =>
  queryOptions({ queryKey: ["waiting", token], queryFn: () => get<Waiting>(`waiting-list/${token}`), staleTime: 0 });

export const accept = (token: string) => post<Booked>(`waiting-list/${token}/accept`);

export const leave = (token: string) => post<Waiting>(`waiting-list/${token}/leave`);
