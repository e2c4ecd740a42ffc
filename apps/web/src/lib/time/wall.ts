/** Arithmetic of a wall clock: numbers whose UTC fields are what it says. */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export const WEEK_STARTS = 1; // Monday

export type Unit = "millisecond" | "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** React Big Calendar says units in several ways: `FullYear`, `days`, `date`; nothing at all is a millisecond. */
export function unitOf(name: string | undefined): Unit {
  if (!name) return "millisecond";
  const plain = name.toLowerCase().replace(/s$/, "");
  if (plain === "fullyear") return "year";
  return plain === "date" ? "day" : (plain as Unit);
}

const LENGTHS: Partial<Record<Unit, number>> = { second: 1000, minute: MINUTE, hour: 60 * MINUTE, day: DAY };

export function floorWall(wall: number, unit: Unit, firstDay: number = WEEK_STARTS): number {
  const length = LENGTHS[unit];
  if (length) return Math.floor(wall / length) * length;
  const date = new Date(wall);
  if (unit === "year") return Date.UTC(date.getUTCFullYear(), 0, 1);
  if (unit === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  if (unit === "week") {
    const day = Math.floor(wall / DAY) * DAY;
    return day - ((new Date(day).getUTCDay() - firstDay + 7) % 7) * DAY;
  }
  return wall;
}

/** Of days and longer. The 31st and a month are the last day of the month after. Throws RangeError for other units. */
export function addWall(wall: number, count: number, unit: Unit): number {
  const date = new Date(wall);
  switch (unit) {
    case "day":
      return wall + count * DAY;
    case "week":
      return wall + count * 7 * DAY;
    case "month":
      return addMonths(date, count);
    case "year":
      return addMonths(date, 12 * count);
    default:
      throw new RangeError(`${unit} is no unit of a calendar`);
  }
}

function addMonths(date: Date, count: number): number {
  const day = date.getUTCDate();
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + count);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved.getTime();
}

/** Whole units between, of days and longer. */
export function wallDifference(from: number, to: number, unit: Unit): number {
  if (unit === "day") return Math.floor((to - from) / DAY);
  if (unit === "week") return Math.floor((to - from) / (7 * DAY));
  const [one, other] = [new Date(from), new Date(to)];
  const months = (other.getUTCFullYear() - one.getUTCFullYear()) * 12 + other.getUTCMonth() - one.getUTCMonth();
  return unit === "month" ? months : Math.floor(months / 12);
}
