/** The wizard for a visitor of a booking page, with what the server would have told. */

import { QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { firstSlotsQuery, slotsQuery } from "../api/listSlots";
import { servicesQuery } from "../api/listServices";
import { pageQuery } from "../api/readPage";
import type { Page, Service, Slots } from "../api/types";
import { App } from "../App";
import { following, NOTHING, settled, type Choices } from "../flow/steps";
import { ar } from "../i18n/ar";
import { en } from "../i18n/en";
import { formatsOf } from "../i18n/formats";
import type { Language } from "../i18n/messages";
import { dateIn, daysAfter } from "../time/zones";
import { SLUG } from "./studio";

export interface SceneProps {
  readonly page: Page;
  readonly services: readonly Service[];
  /** What was chosen already. */
  readonly choices?: Partial<Choices>;
  /** What is free from a date on, which is today there. */
  readonly slots?: (today: string) => Slots;
}

const NEVER_OLD = { updatedAt: Number.MAX_SAFE_INTEGER };

const LANGUAGES: Readonly<Record<"en" | "ar", Language>> = {
  en: { tag: "en", direction: "ltr", words: en, formats: formatsOf("en") },
  ar: { tag: "ar", direction: "rtl", words: ar, formats: formatsOf("ar") },
};

/** To be called before the scene is shown: what the tab keeps. */
export function arrive({ services, choices }: SceneProps): void {
  const chosen = settled({ ...NOTHING, ...choices }, services);
  const kept = { state: { choices: chosen }, version: 1 };
  sessionStorage.setItem(`sundial:booking:${SLUG}`, JSON.stringify(kept));
  history.replaceState({ step: following(chosen, services) }, "");
}

export function BookingScene({ locale, ...scene }: SceneProps & { readonly locale: string }) {
  const [queries] = useState(() => told(scene));
  const language = LANGUAGES[locale === "ar" ? "ar" : "en"];
  return <App place={{ kind: "page", slug: SLUG }} slug={SLUG} language={language} queries={queries} />;
}

function told({ page, services, choices, slots }: SceneProps): QueryClient {
  const queries = new QueryClient();
  queries.setQueryData(pageQuery(SLUG).queryKey, page, NEVER_OLD);
  queries.setQueryData(servicesQuery(SLUG).queryKey, [...services], NEVER_OLD);
  const { serviceId, staffId } = settled({ ...NOTHING, ...choices }, services);
  const service = services.find(({ id }) => id === serviceId);
  if (!service || !slots) return queries;
  const from = dateIn(new Date(), page.timezone);
  const wanted = {
    slug: SLUG,
    serviceId: service.id,
    staffId: staffId ?? null,
    timezone: page.timezone,
    from,
    until: daysAfter(from, service.maxAdvanceDays + 1),
  };
  const free = slots(from);
  queries.setQueryData(slotsQuery(wanted).queryKey, { pages: [free], pageParams: [from] }, NEVER_OLD);
  queries.setQueryData(firstSlotsQuery(wanted).queryKey, free, NEVER_OLD);
  return queries;
}
