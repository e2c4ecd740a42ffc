import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { bookingPagesQuery } from "../../lib/requests/listBookingPages";
import { servicesQuery } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { BookingPageEditor } from "./BookingPageEditor";
import { bookingPagesWords } from "./words";

/** One booking page, or a new one at `/booking-pages/new`. */
export default function BookingPagePage() {
  const words = useWords(bookingPagesWords);
  const { id } = useParams();
  const pages = useQuery(bookingPagesQuery);
  const services = useQuery(servicesQuery);
  const staff = useQuery(staffQuery);
  const page = pages.data?.find((each) => each.id === id);
  const isMissing = id !== undefined && !page;
  return (
    <Page
      title={id ? (page?.title ?? words.title) : words.newTitle}
      back={{ to: "/booking-pages", label: words.back }}
      actions={
        page && (
          <a className="button button--secondary" href={`/booking/${page.slug}`} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            {words.see}
          </a>
        )
      }
    >
      <Loaded query={pages} lines={8}>
        {() => (
          <Loaded query={services} lines={8}>
            {(offered) => (
              <Loaded query={staff} lines={8}>
                {(people) =>
                  isMissing ? (
                    <EmptyState title={words.notFound} />
                  ) : (
                    <BookingPageEditor key={page?.id ?? "new"} page={page} services={offered} staff={people} />
                  )
                }
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
