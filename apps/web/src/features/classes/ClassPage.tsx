import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { Button } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Page, Section } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { WaitingRow } from "../../components/waiting/WaitingRow";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { waitingQuery } from "../../lib/requests/listWaiting";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { Attendees } from "./Attendees";
import { CancelClass } from "./CancelClass";
import { ChangeClass } from "./ChangeClass";
import { sessionQuery, type SessionWithSeats } from "./requests/readSession";
import { classesWords } from "./words";

/** One class: who comes, who waits for a seat, and when it is. */
export default function ClassPage() {
  const words = useWords(classesWords);
  const { id = "" } = useParams();
  const query = useQuery(sessionQuery(id));
  const isGone = isProblem(query.error, "NotFound");
  if (query.data && !isGone) return <Known session={query.data} now={query.dataUpdatedAt} />;
  return (
    <Page title={words.title} back={{ to: "/classes", label: words.back }}>
      {isGone ? (
        <EmptyState title={words.gone} />
      ) : (
        <Loaded query={query} lines={8}>
          {() => null}
        </Loaded>
      )}
    </Page>
  );
}

interface KnownProps {
  readonly session: SessionWithSeats;
  /** When it was looked at, in milliseconds. */
  readonly now: number;
}

function Known({ session, now }: KnownProps) {
  const words = useWords(classesWords);
  const zone = useBusinessZone();
  const formats = useFormats();
  const [isCancelling, setCancelling] = useState(false);
  const start = new Date(session.start);
  return (
    <Page
      title={session.serviceName}
      lead={`${formats.longDay(start)}, ${formats.timeRange(start, new Date(session.end))}`}
      back={{ to: `/classes?from=${dayOf(zone, start)}`, label: words.back }}
      actions={<Button onClick={() => setCancelling(true)}>{words.cancelClass}</Button>}
    >
      <Attendees session={session} now={now} />
      <InLine session={session} />
      <ChangeClass key={`${session.start} ${session.staffId} ${session.capacity}`} session={session} />
      {isCancelling && <CancelClass session={session} onClose={() => setCancelling(false)} />}
    </Page>
  );
}

/** Nobody waits for a class that has free seats: those are offered first. */
function InLine({ session }: { readonly session: SessionWithSeats }) {
  const words = useWords(classesWords);
  const query = useQuery(waitingQuery({ sessionId: session.id }));
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title={words.inLine} lead={words.inLineLead}>
      <ul className="rows">
        {query.data.map((entry) => (
          <WaitingRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </Section>
  );
}
