import type { ReactNode } from "react";
import { ErrorState, SkeletonList } from "./states";

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isError: boolean;
  readonly refetch: () => unknown;
}

export interface LoadedProps<Data> {
  readonly query: Asked<Data>;
  /** How much there will probably be. */
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What was asked for, or that it is on its way, or that it is not to be had. What is there already stays. */
export function Loaded<Data>({ query, lines = 5, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <SkeletonList lines={lines} />;
}
