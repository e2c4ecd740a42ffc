import { useQuery } from "@tanstack/react-query";
import { Copy, ExternalLink, Globe } from "lucide-react";
import { Link } from "react-router";
import { Badge } from "../../components/Badge";
import { IconButton } from "../../components/Button";
import { ListPage } from "../../components/ListPage";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { bookingPagesQuery, type BookingPage } from "../../lib/requests/listBookingPages";
import { bookingPagesWords } from "./words";

export default function BookingPagesPage() {
  const words = useWords(bookingPagesWords);
  const query = useQuery(bookingPagesQuery);
  return (
    <ListPage words={words} query={query} addAt="/booking-pages/new" icon={<Globe />}>
      {(pages) => (
        <ul className="rows">
          {pages.map((page) => (
            <PageRow key={page.id} page={page} />
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function PageRow({ page }: { readonly page: BookingPage }) {
  const words = useWords(bookingPagesWords);
  const url = `${location.origin}/booking/${page.slug}`;
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    toast({ kind: "done", text: words.copied });
  };
  return (
    <li>
      <span className="rows__dot" style={{ backgroundColor: page.theme.accent }} />
      <div className="rows__main">
        <Link to={`/booking-pages/${page.id}`} dir="auto">
          {page.title}
        </Link>
        <p className="rows__more" dir="ltr">
          {url}
        </p>
      </div>
      <div className="rows__end">
        {!page.indexed && <Badge>{words.hidden}</Badge>}
        <Badge tone={page.active ? "good" : "plain"}>{page.active ? words.on : words.off}</Badge>
        <IconButton label={words.copy} icon={<Copy />} onClick={copy} />
        <a
          className="button button--quiet button--icon"
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={words.see}
          title={words.see}
        >
          <ExternalLink aria-hidden="true" />
        </a>
      </div>
    </li>
  );
}
