/** How long the live calendar waits, in milliseconds. */

export interface Patience {
  /** Before the socket is tried again: at random up to so long, doubled with each failure, */
  readonly first: number;
  /** and never longer than this. */
  readonly longest: number;
  /** Between two polls, give or take a tenth. */
  readonly poll: number;
  /** For the greeting of a socket: who says nothing for so long is taken for gone. */
  readonly hello: number;
}

export const PATIENCE: Patience = { first: 1_000, longest: 30_000, poll: 15_000, hello: 10_000 };

/** At random up to the limit of that many failures, so that not everybody comes back at once. */
export function untilNextTry(failures: number, patience: Patience): number {
  return Math.random() * Math.min(patience.longest, patience.first * 2 ** failures);
}

export function untilNextPoll(patience: Patience): number {
  return patience.poll * (0.9 + 0.2 * Math.random());
}
