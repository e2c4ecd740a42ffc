import { Check, Copy, ExternalLink, Share2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { Button } from "../../components/Button";
import { useWords } from "../../lib/i18n/locale";
import type { BookingPage } from "../../lib/requests/listBookingPages";
import { useMe } from "../../lib/session/me";
import { guideWords } from "./words";

/** The end of it: the link, and what to do with it. */
export function Ready({ page }: { readonly page: BookingPage }) {
  const words = useWords(guideWords);
  const { business } = useMe();
  const [isCopied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const url = `${location.origin}/booking/${page.slug}`;
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <section className="section guide-ready">
      <Check className="guide-ready__mark" aria-hidden="true" />
      <h2 ref={heading} tabIndex={-1}>
        {words.readyTitle}
      </h2>
      <p className="page__lead">{words.readyLead}</p>
      <p className="guide-ready__link" dir="ltr">
        <a href={url} target="_blank" rel="noreferrer">
          {url}
        </a>
      </p>
      <div className="form__actions guide-ready__actions">
        <Button kind="primary" icon={isCopied ? <Check /> : <Copy />} onClick={copy}>
          {isCopied ? words.copied : words.copy}
        </Button>
        {"share" in navigator && (
          <Button
            icon={<Share2 />}
            onClick={() => void navigator.share({ title: words.shareText(business.name), url }).catch(() => undefined)}
          >
            {words.share}
          </Button>
        )}
        <a className="button button--secondary" href={url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden="true" />
          {words.see}
        </a>
        <Link className="button button--secondary" to="/calendar">
          {words.toCalendar}
        </Link>
      </div>
    </section>
  );
}
