/** What is waited for. */

import type { Join, Page } from "../api/types";
import type { Choices } from "../flow/steps";
import { e164 } from "../steps/details/phone";
import type { Details } from "../steps/details/schema";
import { daysAfter, ownZone, startOf } from "../time/zones";
import type { Dates } from "./Span";
import { newKey } from "../../lib/newKey";

/** Any time on those dates, both included, in the zone of the business. */
export function wishOf(page: Page, choices: Choices, details: Details, dates: Dates, captchaToken?: string): Join {
  return {
    serviceId: choices.serviceId ?? "",
    staffId: choices.staffId ?? null,
    from: startOf(dates.from, page.timezone).toISOString(),
    to: startOf(daysAfter(dates.to, 1), page.timezone).toISOString(),
    customer: {
      name: details.name,
      email: details.email,
      phone: details.phone === "" ? null : e164(details.country, details.phone),
      marketingOptIn: false,
    },
    timezone: ownZone(),
    locale: page.locale,
    captchaToken: captchaToken ?? null,
  };
}

/** The same key for the same wish: sent twice, it is in line once. */
export function keysOfWishes(): (wish: Join) => string {
  const keys = new Map<string, string>();
  return (wish) => {
    const plain = JSON.stringify({ ...wish, captchaToken: null });
    const key = keys.get(plain) ?? newKey();
    keys.set(plain, key);
    return key;
  };
}
