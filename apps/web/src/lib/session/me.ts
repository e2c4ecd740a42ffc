/** Who is signed in, and to which business: `GET /api/auth/me`. */

import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";

export type Me = Shape<"Me">;

export const me = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }): Promise<Me> => answer(api.GET("/api/auth/me", { signal })),
  staleTime: 300_000,
});

/** Below the shell there is always somebody. */
export function useMe(): Me {
  return useSuspenseQuery(me).data;
}

/** Undefined while it is not known, or nobody is. */
export function useMaybeMe() {
  return useQuery({ ...me, retry: false });
}

/** What was kept of another session is forgotten. */
export function useBeginSession(): (signedIn: Me) => void {
  const client = useQueryClient();
  return ({ user, business }) => {
    client.clear();
    client.setQueryData(me.queryKey, { user, business });
  };
}
