/** What is booked, from what was chosen and filled in. */

import type { Order, Page, Service } from "../../api/types";
import type { Choices } from "../../flow/steps";
import { ownZone } from "../../time/zones";
import { e164 } from "./phone";
import { given, type Details } from "./schema";

/** Without the hold, which may be on its way still. */
export type Unheld = Omit<Order, "holdToken">;

export function orderOf(
  page: Page,
  service: Service,
  choices: Choices,
  details: Details,
  captchaToken: string | undefined,
): Unheld {
  return {
    serviceId: service.id,
    staffId: choices.staffId ?? null,
    start: choices.start ?? "",
    customer: {
      name: details.name,
      email: details.email,
      phone: details.phone === "" ? null : e164(details.country, details.phone),
      marketingOptIn: details.optIn,
    },
    answers: given(details.answers),
    notes: details.notes,
    timezone: ownZone(),
    locale: page.locale,
    quotedPrice: service.price,
    captchaToken: captchaToken ?? null,
  };
}

/** The field that a pointer of the API (RFC 6901) means; undefined when it is none that a guest can see. */
export function fieldAt(pointer: string): "name" | "email" | "phone" | "notes" | `answers.${string}` | undefined {
  const [, first, second] = pointer.split("/");
  if (first === "answers" && second !== undefined) return `answers.${second}`;
  if (first === "notes") return "notes";
  if (first !== "customer") return undefined;
  return second === "name" || second === "email" || second === "phone" ? second : undefined;
}
