/** What a booking page's address says: where in the installation it is, and what it chooses already. */

import { NOTHING, type Choices } from "./steps";

const ANYONE = "any";
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What there is to show at an address. */
export type Place =
  | { readonly kind: "page"; readonly slug: string }
  | { readonly kind: "manage"; readonly token: string }
  | { readonly kind: "waiting"; readonly token: string };

/** What a link chooses. `staffId` null: anyone. */
export interface DeepLink {
  readonly serviceId?: string;
  readonly staffId?: string | null;
  readonly date?: string;
  readonly start?: string;
}

/** `slug`: the page's present one, which the document names. */
export function placeOf(path: string, slug: string | undefined): Place {
  const [, kind, token] = /^\/booking\/(manage|waiting-list)\/([^/]+)\/?$/.exec(path) ?? [];
  if (kind === "manage" && token !== undefined) return { kind: "manage", token };
  if (token !== undefined) return { kind: "waiting", token };
  return { kind: "page", slug: slug ?? path.split("/")[2] ?? "" };
}

export function deepLink(search: string): DeepLink {
  const query = new URLSearchParams(search);
  const [service, staff, date, slot] = ["service", "staff", "date", "slot"].map((name) => query.get(name) ?? undefined);
  return {
    ...(service === undefined ? {} : { serviceId: service }),
    ...(staff === undefined ? {} : { staffId: staff === ANYONE ? null : staff }),
    ...(date !== undefined && DATE.test(date) ? { date } : {}),
    ...(slot !== undefined && !Number.isNaN(Date.parse(slot)) ? { start: new Date(slot).toISOString() } : {}),
  };
}

/** The choices with those of a link: another service forgets who and when. */
export function linked(choices: Choices, link: DeepLink): Choices {
  const isOther = link.serviceId !== undefined && link.serviceId !== choices.serviceId;
  const kept = isOther ? NOTHING : choices;
  return {
    serviceId: link.serviceId ?? choices.serviceId,
    staffId: link.staffId === undefined ? kept.staffId : link.staffId,
    start: link.start ?? kept.start,
  };
}

/** How another site shows the page; null where it stands alone. */
export function embedding(search = location.search): string | null {
  return new URLSearchParams(search).get("embed");
}

/** The address that leads here again, without what others put there. */
export function searchOf(link: DeepLink, present: string): string {
  const query = new URLSearchParams();
  const embed = embedding(present);
  if (embed !== null) query.set("embed", embed);
  if (link.serviceId !== undefined) query.set("service", link.serviceId);
  if (link.staffId !== undefined) query.set("staff", link.staffId ?? ANYONE);
  if (link.date !== undefined) query.set("date", link.date);
  const written = query.toString();
  return written && `?${written}`;
}
