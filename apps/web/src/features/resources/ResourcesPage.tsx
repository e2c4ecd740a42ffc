import { useQuery } from "@tanstack/react-query";
import { DoorOpen } from "lucide-react";
import { Link } from "react-router";
import { Badge } from "../../components/Badge";
import { ListPage } from "../../components/ListPage";
import { Section } from "../../components/Page";
import { byKind, shortages, type Shortage } from "../../lib/catalogue/units";
import { useWords } from "../../lib/i18n/locale";
import { resourcesQuery, type Resource } from "../../lib/requests/listResources";
import { servicesQuery, type Service } from "../../lib/requests/listServices";
import { resourcesWords } from "./words";

export default function ResourcesPage() {
  const words = useWords(resourcesWords);
  const query = useQuery(resourcesQuery);
  return (
    <ListPage
      words={words}
      back={{ to: "/services", label: words.toServices }}
      query={query}
      addAt="/resources/new"
      icon={<DoorOpen />}
    >
      {(resources) => <Kinds resources={resources} />}
    </ListPage>
  );
}

/** What is lacking first, then each kind with its units. Services come a moment later than the units, or not at all. */
function Kinds({ resources }: { readonly resources: readonly Resource[] }) {
  const services = useQuery(servicesQuery);
  const lacking = services.data ? shortages(services.data, resources) : [];
  return (
    <>
      {lacking.length > 0 && <Lacking lacking={lacking} />}
      {[...byKind(resources)].map(([kind, units]) => (
        <Kind key={kind} kind={kind} units={units} services={services.data} />
      ))}
    </>
  );
}

function Lacking({ lacking }: { readonly lacking: readonly Shortage<Service>[] }) {
  const words = useWords(resourcesWords);
  return (
    <Section title={words.lacking} lead={words.lackingLead}>
      <ul className="rows">
        {lacking.map(({ service, kind, needed, inUse }) => (
          <li key={`${service.id} ${kind}`}>
            <div className="rows__main">
              <Link to={`/services/${service.id}`} dir="auto">
                {service.name}
              </Link>
              <p className="rows__more">{words.lacks(needed, kind, inUse)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface KindProps {
  readonly kind: string;
  readonly units: readonly Resource[];
  /** Undefined while it is not known which need it. */
  readonly services: readonly Service[] | undefined;
}

function Kind({ kind, units, services }: KindProps) {
  const words = useWords(resourcesWords);
  const needing = services?.flatMap(({ name, resourceNeeds }) =>
    resourceNeeds.filter((need) => need.kind === kind).map(({ quantity }) => words.needs(name, quantity)),
  );
  const lead = needing && (needing.length > 0 ? words.neededBy(needing.join(words.comma)) : words.neededByNone);
  return (
    <Section title={kind} {...(lead ? { lead } : {})}>
      <ul className="rows">
        {units.map((unit) => (
          <li key={unit.id}>
            <div className="rows__main">
              <Link to={`/resources/${unit.id}`} dir="auto">
                {unit.name}
              </Link>
            </div>
            {!unit.active && <Badge>{words.inactive}</Badge>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
