/** Which services are shown: by what is searched for, how long they take, and what those who give them are good at. */

import type { Service } from "../../api/types";

/** Limits between short, middling and long, in minutes. */
export const SHORT = 30;
export const MIDDLING = 60;

export type Duration = "any" | "short" | "middling" | "long";

export interface Filter {
  readonly search: string;
  readonly duration: Duration;
  /** Empty: any. */
  readonly specialization: string;
}

export const EVERYTHING: Filter = { search: "", duration: "any", specialization: "" };

export function durationOf({ durationMinutes }: Service): Exclude<Duration, "any"> {
  if (durationMinutes <= SHORT) return "short";
  return durationMinutes <= MIDDLING ? "middling" : "long";
}

export function matching(services: readonly Service[], filter: Filter): Service[] {
  const words = plain(filter.search).split(/\s+/).filter(Boolean);
  return services.filter(
    (service) =>
      (filter.duration === "any" || durationOf(service) === filter.duration) &&
      (filter.specialization === "" || specializationsOf([service]).includes(filter.specialization)) &&
      words.every((word) => textOf(service).includes(word)),
  );
}

export function specializationsOf(services: readonly Service[]): string[] {
  const all = services.flatMap(({ staff }) => staff.flatMap(({ specializations }) => specializations));
  return [...new Set(all)].sort((one, other) => one.localeCompare(other));
}

/** In the order in which the first of each category comes; null: without one. */
export function byCategory(services: readonly Service[]): [string | null, Service[]][] {
  const found = new Map<string | null, Service[]>();
  for (const service of services) {
    const there = found.get(service.category);
    if (there) there.push(service);
    else found.set(service.category, [service]);
  }
  return [...found];
}

function textOf({ name, description, category, staff }: Service): string {
  return plain([name, description, category ?? "", ...staff.map((member) => member.name)].join(" "));
}

/** In lower case, and without accents. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}
