import { useQuery } from "@tanstack/react-query";
import { DoorOpen, Scissors, Search } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Badge } from "../../components/Badge";
import { ListPage } from "../../components/ListPage";
import { EmptyState } from "../../components/states";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { writtenMoney } from "../../lib/money/money";
import { servicesQuery, type Service } from "../../lib/requests/listServices";
import { duration } from "../../lib/time/format";
import { servicesWords } from "./words";

const WORTH_SEARCHING = 8;

export default function ServicesPage() {
  const words = useWords(servicesWords);
  const query = useQuery(servicesQuery);
  return (
    <ListPage
      words={words}
      query={query}
      addAt="/services/new"
      icon={<Scissors />}
      also={
        <Link className="button button--secondary" to="/resources">
          <DoorOpen aria-hidden="true" />
          {words.needs}
        </Link>
      }
    >
      {(services) => <Services services={services} />}
    </ListPage>
  );
}

function Services({ services }: { readonly services: readonly Service[] }) {
  const words = useWords(servicesWords);
  const [wanted, setWanted] = useState("");
  const found = services.filter((service) => service.name.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <>
      {services.length >= WORTH_SEARCHING && (
        <div className="searchbox">
          <Search aria-hidden="true" />
          <input
            type="search"
            dir="auto"
            className="field__control"
            aria-label={words.search}
            placeholder={words.search}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </div>
      )}
      {found.length === 0 && <EmptyState title={words.noneFound} />}
      <ul className="rows" hidden={found.length === 0}>
        {found.map((service) => (
          <ServiceRow key={service.id} service={service} />
        ))}
      </ul>
    </>
  );
}

function ServiceRow({ service }: { readonly service: Service }) {
  const words = useWords(servicesWords);
  const locale = useLocale();
  const by = service.staffIds.length;
  const more = [
    duration(service.durationMinutes, locale),
    ...(service.category ? [service.category] : []),
    ...(by > 0 ? [words.givenBy(by)] : []),
    ...(service.capacity > 1 ? [words.seats(service.capacity)] : []),
  ];
  return (
    <li>
      <span className="rows__dot" style={{ backgroundColor: service.color }} />
      <div className="rows__main">
        <Link to={`/services/${service.id}`} dir="auto">
          {service.name}
        </Link>
        <p className="rows__more">{more.join(" · ")}</p>
      </div>
      <div className="rows__end">
        {!service.active && <Badge>{words.inactive}</Badge>}
        {service.active && by === 0 && <Badge tone="warn">{words.nobody}</Badge>}
        <span className="rows__number">{writtenMoney(service.price, locale)}</span>
      </div>
    </li>
  );
}
