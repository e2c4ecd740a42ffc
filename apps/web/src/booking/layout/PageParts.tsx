/** What a page says of itself, as its document does. */

import type { Page } from "../api/types";
import { useWords } from "../i18n/messages";

/** Whether the page stands in another site, which says whose it is. */
export function isEmbedded(): boolean {
  return document.documentElement.classList.contains("embedded");
}

/** Whether the page is dark: on another site's ground, which is not known, it never is. */
export function isDark(): boolean {
  return !isEmbedded() && matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Of links to pages that no other site may show: they open by themselves. */
export function inNewTab(): { readonly target?: "_blank"; readonly rel?: "noopener" } {
  return isEmbedded() ? { target: "_blank", rel: "noopener" } : {};
}

export function Brand({ page }: { readonly page: Page }) {
  if (isEmbedded()) return null;
  const { logoUrl } = page.theme;
  return (
    <header className="brand">
      {logoUrl !== null && <img src={logoUrl} alt="" width="48" height="48" referrerPolicy="no-referrer" />}
      <p dir="auto">{page.businessName}</p>
    </header>
  );
}

export function About({ page, isBrief }: { readonly page: Page; readonly isBrief: boolean }) {
  const isSaid = isBrief && !isEmbedded() && page.title === page.businessName; // by the brand above it
  return (
    <>
      <h1 dir="auto" className={isSaid ? "hidden" : isBrief ? "brief" : undefined}>
        {page.title}
      </h1>
      {!isBrief && page.description.trim() !== "" && (
        <p className="text" dir="auto">
          {page.description}
        </p>
      )}
    </>
  );
}

export function PlaceAndPolicy({ page }: { readonly page: Page }) {
  const words = useWords();
  return (
    <>
      {page.address !== null && (
        <section aria-labelledby="place">
          <h2 id="place">{words.place}</h2>
          <address className="text" dir="auto">
            {page.address}
          </address>
        </section>
      )}
      {page.policyText.trim() !== "" && (
        <section aria-labelledby="policy">
          <h2 id="policy">{words.goodToKnow}</h2>
          <p className="text" dir="auto">
            {page.policyText}
          </p>
        </section>
      )}
    </>
  );
}

export function Contact({ page }: { readonly page: Page }) {
  const words = useWords();
  return (
    <>
      {page.contactPhone !== null && (
        <a className="button" href={`tel:${page.contactPhone}`}>
          {words.call(`\u2066${page.contactPhone}\u2069`)}
        </a>
      )}
      {page.contactEmail !== null && (
        <a className="button" href={`mailto:${encodeURIComponent(page.contactEmail)}`}>
          {words.write(page.contactEmail)}
        </a>
      )}
    </>
  );
}
