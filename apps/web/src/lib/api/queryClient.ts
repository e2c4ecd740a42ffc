/** What the server said, kept for a while: the only place for it in the browser. */

import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const RETRIES = 2;
const FRESH = 30_000; // milliseconds in which what was read is not read again by another screen

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH, retry: (failures, error) => failures < RETRIES && mayPass(error) },
      mutations: { retry: false },
    },
  });
}

/** Whether asking again may help: nobody answered, or the server could not. */
function mayPass(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 500);
}
