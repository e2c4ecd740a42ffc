import { queryOptions } from "@tanstack/react-query";
import { isPassing, post, remove } from "./request";
import type { Hold, Wish } from "./types";

/** Keeps a time for whoever fills in the form. The same key keeps it once, also when the page was loaded again. */
export const holdQuery = (slug: string, wish: Wish, key: string) =>
  queryOptions({
    queryKey: ["hold", slug, key],
    queryFn: () => post<Hold>(`booking/${slug}/hold`, wish, key),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: (failures, error) => failures < 3 && isPassing(error),
  });

/** Gives it back; the guest may be leaving, and need not know whether it arrived: it ends by itself. */
export async function release(slug: string, token: string): Promise<void> {
  try {
    await remove(`booking/${slug}/hold/${token}`, true);
  } catch {
    // It ends in a few minutes.
  }
}
