/**
 * React Big Calendar's view of time, bound to one zone whatever the browser's: the grid is a wall clock of 24 hours, instants stay plain Dates.
 *
 * None of the localizers that come with it is right when the browser is in another zone than the business and clocks change in one of them.
 */

import { DateLocalizer, type DateLocalizerSpec } from "react-big-calendar";
import { formatTag, type Locale } from "../i18n/words";
import { addWall, floorWall, unitOf, wallDifference, WEEK_STARTS, type Unit } from "./wall";
import type { Zone } from "./zone";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Units of physical time, in milliseconds; the others are the clock's. */
const PHYSICAL: Partial<Record<Unit, number>> = { hour: 60 * MINUTE, minute: MINUTE, second: 1000, millisecond: 1 };

type Instant = Date | number | string;

interface Event {
  readonly start: Date;
  readonly end: Date;
  readonly allDay?: boolean;
}

export function zonedLocalizer(zone: Zone, locale: Locale, firstDay: number = WEEK_STARTS): DateLocalizer {
  const math = arithmetic(zone, firstDay);
  const spec = {
    formats: formats(zone.name, formatTag(locale)),
    firstOfWeek: () => firstDay,
    format: (value: Date, format: (value: Date, culture?: string) => string, culture?: string) =>
      format(value, culture),
    ...math,
    ...grid(zone, math),
    ...spans(zone, math),
    browserTZOffset: () => 0,
  };
  return new DateLocalizer(spec as unknown as DateLocalizerSpec);
}

type Arithmetic = ReturnType<typeof arithmetic>;

function arithmetic(zone: Zone, firstDay: number) {
  const wall = (instant: Instant) => zone.toWall(date(instant));
  const startOf = (instant: Instant, name?: string) => {
    const unit = unitOf(name);
    const floor = floorWall(wall(instant), unit, firstDay);
    return PHYSICAL[unit] ? new Date(floor - zone.offset(date(instant)) * MINUTE) : zone.fromWall(floor);
  };
  const add = (instant: Instant, count: number, name?: string) => {
    const unit = unitOf(name);
    const length = PHYSICAL[unit];
    return length ? new Date(+date(instant) + count * length) : zone.fromWall(addWall(wall(instant), count, unit));
  };
  const endOf = (instant: Instant, name?: string) => {
    const unit = unitOf(name);
    const length = PHYSICAL[unit];
    if (length) return new Date(+startOf(instant, unit) + length - 1);
    return new Date(+zone.fromWall(addWall(floorWall(wall(instant), unit, firstDay), 1, unit)) - 1);
  };
  /** What two instants have in common when they are in the same unit. */
  const key = (instant: Instant, name?: string) => {
    const unit = unitOf(name);
    const length = PHYSICAL[unit];
    if (length && unit !== "hour") return Math.floor(+date(instant) / length);
    return floorWall(wall(instant), unit, firstDay);
  };
  const compare = (one: Instant, other: Instant, unit?: string) => key(one, unit) - key(other, unit);
  const diff = (from: Instant, to: Instant, name = "day") => {
    const unit = unitOf(name);
    const length = PHYSICAL[unit];
    return length ? Math.floor((+date(to) - +date(from)) / length) : wallDifference(wall(from), wall(to), unit);
  };
  return { startOf, endOf, add, key, diff, ...comparisons(compare), range: ranges(compare, add) };
}

function comparisons(compare: (one: Instant, other: Instant, unit?: string) => number) {
  return {
    eq: (one: Instant, other: Instant, unit?: string) => compare(one, other, unit) === 0,
    neq: (one: Instant, other: Instant, unit?: string) => compare(one, other, unit) !== 0,
    gt: (one: Instant, other: Instant, unit?: string) => compare(one, other, unit) > 0,
    gte: (one: Instant, other: Instant, unit?: string) => compare(one, other, unit) >= 0,
    lt: (one: Instant, other: Instant, unit?: string) => compare(one, other, unit) < 0,
    lte: (one: Instant, other: Instant, unit?: string) => compare(one, other, unit) <= 0,
    inRange: (day: Instant, first: Instant, last: Instant, unit = "day") =>
      compare(day, first, unit) >= 0 && compare(day, last, unit) <= 0,
    isSameDate: (one: Instant, other: Instant) => compare(one, other, "day") === 0,
    min: (one: Date, other: Date) => (one < other ? one : other),
    max: (one: Date, other: Date) => (one > other ? one : other),
  };
}

function ranges(
  compare: (one: Instant, other: Instant, unit?: string) => number,
  add: (instant: Instant, count: number, unit?: string) => Date,
) {
  return (first: Instant, last: Instant, unit = "day") => {
    const found: Date[] = [];
    for (let each = date(first); compare(each, last, unit) <= 0; each = add(each, 1, unit)) found.push(each);
    return found;
  };
}

/** Where on the grid a time is, and which time a place is. */
function grid(zone: Zone, { startOf, endOf, add, range }: Arithmetic) {
  const wall = (instant: Instant) => zone.toWall(date(instant));
  const midnight = (instant: Instant) => floorWall(wall(instant), "day");
  const firstVisibleDay = (day: Instant) => startOf(startOf(day, "month"), "week");
  const lastVisibleDay = (day: Instant) => endOf(endOf(day, "month"), "week");
  return {
    ceil: (instant: Instant, unit?: string) => {
      const floor = startOf(instant, unit);
      return +floor === +date(instant) ? floor : add(floor, 1, unit);
    },
    merge: (day: Instant | null, time: Instant | null) => {
      if (day === null && time === null) return null;
      const clock = time ?? new Date();
      return zone.fromWall(midnight(day ?? new Date()) + wall(clock) - midnight(clock));
    },
    minutes: (instant: Instant) => new Date(wall(instant)).getUTCMinutes(),
    firstVisibleDay,
    lastVisibleDay,
    visibleDays: (day: Instant) => range(firstVisibleDay(day), lastVisibleDay(day)),
    getSlotDate: (day: Instant, minutes: number, offset: number) =>
      zone.fromWall(midnight(day) + (minutes + offset) * MINUTE),
    // Minutes of the clock, not of time that passes: the grid has 24 hours on every day.
    getTotalMin: (from: Instant, to: Instant) => Math.floor((wall(to) - wall(from)) / MINUTE),
    getMinutesFromMidnight: (instant: Instant) => Math.floor((wall(instant) - midnight(instant)) / MINUTE),
    getTimezoneOffset: (instant: Instant) => -zone.offset(date(instant)),
    getDstOffset: (from: Instant, to: Instant) => zone.offset(date(to)) - zone.offset(date(from)),
    startAndEndAreDateOnly: (from: Instant, to: Instant) => wall(from) === midnight(from) && wall(to) === midnight(to),
    daySpan: (from: Instant, to: Instant) => (wall(to) - wall(from)) / DAY,
  };
}

/** Which days an event is on, and what comes first. */
function spans(_zone: Zone, { startOf, key, eq, gt, gte, lt, lte }: Arithmetic) {
  return {
    continuesPrior: (start: Date, first: Date) => lt(start, first, "day"),
    continuesAfter: (start: Date, end: Date, last: Date) =>
      eq(start, end, "minute") ? gte(end, last, "minute") : gt(end, last, "minute"),
    sortEvents: ({ evtA: one, evtB: other }: { evtA: Event; evtB: Event }) =>
      key(one.start, "day") - key(other.start, "day") ||
      +other.end - +other.start - (+one.end - +one.start) ||
      Number(other.allDay ?? false) - Number(one.allDay ?? false) ||
      +one.start - +other.start ||
      +one.end - +other.end,
    inEventRange: ({ event, range }: { event: Event; range: { start: Date; end: Date } }) => {
      if (!lte(startOf(event.start, "day"), range.end, "day")) return false;
      const isMoment = eq(startOf(event.start, "day"), event.end, "minute");
      return isMoment ? gte(event.end, range.start, "minute") : gt(event.end, range.start, "minute");
    },
  };
}

function formats(timeZone: string, tag: string) {
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone, ...options });
    return {
      one: (instant: Date) => format.format(instant),
      range: ({ start, end }: { start: Date; end: Date }) => format.formatRange(start, end),
    };
  };
  const time = of({ hour: "numeric", minute: "2-digit" });
  const day = of({ weekday: "short", day: "numeric" });
  const longDay = of({ weekday: "long", day: "numeric", month: "short" });
  const span = of({ day: "numeric", month: "short" });
  return {
    dateFormat: of({ day: "numeric" }).one,
    dayFormat: day.one,
    weekdayFormat: of({ weekday: "short" }).one,
    timeGutterFormat: time.one,
    selectRangeFormat: time.range,
    eventTimeRangeFormat: time.range,
    eventTimeRangeStartFormat: ({ start }: { start: Date }) => `${time.one(start)} –`,
    eventTimeRangeEndFormat: ({ end }: { end: Date }) => `– ${time.one(end)}`,
    monthHeaderFormat: of({ month: "long", year: "numeric" }).one,
    dayHeaderFormat: longDay.one,
    dayRangeHeaderFormat: span.range,
    agendaHeaderFormat: span.range,
    agendaDateFormat: longDay.one,
    agendaTimeFormat: time.one,
    agendaTimeRangeFormat: time.range,
  };
}

function date(instant: Instant): Date {
  return instant instanceof Date ? instant : new Date(instant);
}
