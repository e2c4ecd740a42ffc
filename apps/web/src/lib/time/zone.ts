/** The wall clock of one time zone, whatever zone the browser is in. */

import { tzOffset } from "@date-fns/tz";

const MINUTE = 60_000;
const BUCKET = 15 * MINUTE; // offsets change on quarters of an hour only
const MOST_KEPT = 20_000;
/** More than any change of clocks. */
const BEFORE = 180 * MINUTE;

export interface Zone {
  readonly name: string;
  /** What the clock says, as a number whose UTC fields are the clock's. */
  readonly toWall: (instant: Date) => number;
  /** The instant at which the clock says so. In a gap the time moves forward, of two the earlier is taken. */
  readonly fromWall: (wall: number) => Date;
  /** Minutes that the clock is ahead of UTC. */
  readonly offset: (instant: Date) => number;
}

const zones = new Map<string, Zone>();

export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const made = makeZone(name);
  zones.set(name, made);
  return made;
}

function makeZone(name: string): Zone {
  const offsetAt = keptOffsets(name);
  const fromWall = (wall: number) => {
    const first = offsetAt(wall - offsetAt(wall) * MINUTE);
    const guess = wall - first * MINUTE;
    const atGuess = offsetAt(guess);
    return new Date(atGuess === first ? earlier(guess, first) : settled(guess, atGuess));

    /** When clocks were set back, the same time has been before. */
    function earlier(found: number, offset: number): number {
      const before = offsetAt(found - BEFORE);
      const other = wall - before * MINUTE;
      return before !== offset && offsetAt(other) === before ? Math.min(found, other) : found;
    }

    function settled(found: number, offset: number): number {
      const other = wall - offset * MINUTE;
      return offsetAt(other) === offset ? other : Math.max(found, other); // else the time is in a gap
    }
  };
  return {
    name,
    toWall: (instant) => instant.getTime() + offsetAt(instant.getTime()) * MINUTE,
    fromWall,
    offset: (instant) => offsetAt(instant.getTime()),
  };
}

function keptOffsets(zone: string): (instant: number) => number {
  const kept = new Map<number, number>();
  return (instant) => {
    const bucket = Math.floor(instant / BUCKET);
    const known = kept.get(bucket);
    if (known !== undefined) return known;
    if (kept.size > MOST_KEPT) kept.clear();
    const offset = tzOffset(zone, new Date(instant));
    kept.set(bucket, offset);
    return offset;
  };
}

/** `2026-12-01` at that many minutes of the clock. */
export function at(zone: Zone, day: string, minutes = 0): Date {
  return zone.fromWall(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE);
}

/** The date of an instant, as `2026-12-01`. */
export function dayOf(zone: Zone, instant: Date): string {
  return new Date(zone.toWall(instant)).toISOString().slice(0, 10);
}

/** Minutes of the clock since midnight. */
export function minutesOf(zone: Zone, instant: Date): number {
  const wall = new Date(zone.toWall(instant));
  return wall.getUTCHours() * 60 + wall.getUTCMinutes();
}

/** That many days on; of a date, not of an instant. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
