/** How long before a reminder is sent: hours to people, minutes to the server. */

const HOUR = 60; // minutes
const MOST = 10;
const SHORTEST = 5; // minutes
const LONGEST = 43_200; // minutes

export function hoursText(offsets: readonly number[]): string {
  return offsets.map((minutes) => String(Math.round((minutes / HOUR) * 100) / 100)).join(", ");
}

/** What was written; null when some of it is no such number. What is unchanged stays exactly as it was. */
export function offsetsOf(text: string, seen: readonly number[]): number[] | null {
  if (text === hoursText(seen)) return [...seen];
  const parts = text.split(/[,،\s]+/).filter(Boolean);
  const minutes = parts.map((part) => Math.round(Number(part) * HOUR));
  const isFine = minutes.every((each) => each >= SHORTEST && each <= LONGEST); // of what is no number neither holds
  return isFine && minutes.length <= MOST ? minutes : null;
}
