/** The names of columns that each kind of file may have; as the how-to says, many others are understood too. */

import type { Shape } from "../../lib/api/client";

export const COLUMNS: Readonly<Record<Shape<"ImportKind">, string>> = {
  customers: "name, email, phone, locale, notes, blocked",
  services:
    "name, duration, price, currency, description, category, color, buffer before, buffer after, capacity, staff",
  staff: "name, email, phone, title, color, specializations, active",
  appointments: "start, end, date, time, duration, service, staff, customer, email, phone, status, notes",
  timeOff: "staff, start, end, reason",
};

/** With the names of the columns and nothing below them; Excel takes it for UTF-8 by the mark at its beginning. */
export function emptyFile(kind: Shape<"ImportKind">): Blob {
  return new Blob([`\uFEFF${COLUMNS[kind].replaceAll(", ", ",")}\r\n`], { type: "text/csv" });
}
