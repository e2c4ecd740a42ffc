import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Plus, Presentation } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { Badge } from "../../components/Badge";
import { Select, TextField } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { Page, Section } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { servicesQuery } from "../../lib/requests/listServices";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { addDays, at, dayOf } from "../../lib/time/zone";
import { DAYS, sessionsQuery, type Session } from "./requests/listSessions";
import { classesWords } from "./words";

const NOON = 720; // minutes: on its date, whatever clocks do

/** The classes of four weeks. What is looked at stays in the address. */
export default function ClassesPage() {
  const words = useWords(classesWords);
  const zone = useBusinessZone();
  const [params, setParams] = useSearchParams();
  const from = params.get("from") ?? dayOf(zone, new Date());
  const serviceId = params.get("service") ?? "";
  const query = useQuery(sessionsQuery(zone, from, serviceId));
  const look = (changed: Readonly<Record<string, string>>) =>
    setParams({ from, ...(serviceId ? { service: serviceId } : {}), ...changed }, { replace: true });
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <Link className="button button--secondary" to="/waiting-list">
            <CalendarClock aria-hidden="true" />
            {words.waitingList}
          </Link>
          <AddClass />
        </>
      }
    >
      <div className="form__row">
        <TextField
          label={words.from}
          type="date"
          value={from}
          onChange={(event) => {
            if (event.target.value) look({ from: event.target.value });
          }}
        />
        <ServiceFilter value={serviceId} onChange={(service) => look({ service })} />
      </div>
      <Loaded query={query} lines={6}>
        {(sessions) => (sessions.length === 0 ? <None from={from} /> : <Days sessions={sessions} />)}
      </Loaded>
    </Page>
  );
}

function AddClass() {
  const words = useWords(classesWords);
  return (
    <Link className="button button--primary" to="/classes/new">
      <Plus aria-hidden="true" />
      {words.add}
    </Link>
  );
}

interface ServiceFilterProps {
  readonly value: string;
  readonly onChange: (serviceId: string) => void;
}

function ServiceFilter({ value, onChange }: ServiceFilterProps) {
  const words = useWords(classesWords);
  const { data: services = [] } = useQuery(servicesQuery);
  const choices = services.filter(({ capacity }) => capacity > 1).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      label={words.service}
      value={value}
      choices={[{ value: "", label: words.allServices }, ...choices]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function None({ from }: { readonly from: string }) {
  const words = useWords(classesWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const span = formats.dayRange(at(zone, from, NOON), at(zone, addDays(from, DAYS - 1), NOON));
  return (
    <EmptyState icon={<Presentation />} title={words.none(span)} action={<AddClass />}>
      {words.noneLead}
    </EmptyState>
  );
}

function Days({ sessions }: { readonly sessions: readonly Session[] }) {
  const zone = useBusinessZone();
  const formats = useFormats();
  const days = new Map<string, Session[]>();
  for (const session of sessions) {
    const day = dayOf(zone, new Date(session.start));
    days.set(day, [...(days.get(day) ?? []), session]);
  }
  return [...days].map(([day, those]) => (
    <Section key={day} title={formats.longDay(at(zone, day, NOON))}>
      <ul className="rows">
        {those.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Section>
  ));
}

function SessionRow({ session }: { readonly session: Session }) {
  const words = useWords(classesWords);
  const formats = useFormats();
  const { seatsTaken, capacity } = session;
  return (
    <li>
      <span className="rows__number">{formats.timeRange(new Date(session.start), new Date(session.end))}</span>
      <div className="rows__main">
        <Link to={`/classes/${session.id}`} dir="auto">
          {session.serviceName}
        </Link>
        <p className="rows__more" dir="auto">
          {session.staffName}
        </p>
      </div>
      <div className="rows__end">
        {seatsTaken >= capacity && <Badge tone="good">{words.full}</Badge>}
        <span className="rows__number">{words.taken(seatsTaken, capacity)}</span>
      </div>
    </li>
  );
}
