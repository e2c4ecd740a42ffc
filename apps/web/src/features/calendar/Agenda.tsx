import { CalendarDays } from "lucide-react";
import { useContext } from "react";
import { DecideButtons } from "../../components/deciding/DecideButtons";
import { EmptyState } from "../../components/states";
import { who } from "../../lib/appointments/names";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import "./agenda.css";
import { Decisions } from "./decisions";
import { useHighlights } from "./highlights";
import type { Appointment } from "./readRange";
import { StatusBadge } from "./StatusBadge";
import { calendarWords } from "./words";

interface AgendaProps {
  /** By start. */
  readonly appointments: readonly Appointment[];
  readonly onOpen: (id: string) => void;
}

/** Day by day, one below the other: what a phone has room for. */
export function Agenda({ appointments, onOpen }: AgendaProps) {
  const words = useWords(calendarWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const { confirm, decline } = useContext(Decisions);
  if (appointments.length === 0) {
    return (
      <EmptyState icon={<CalendarDays />} title={words.nothing}>
        {words.nothingHint}
      </EmptyState>
    );
  }
  const days = Map.groupBy(appointments, ({ start }) => dayOf(zone, new Date(start)));
  return (
    <div className="agenda">
      {[...days].map(([day, here]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{formats.longDay(new Date(here[0]?.start ?? day))}</h2>
          <ul role="list">
            {here.map((each) => (
              <li key={each.id}>
                <Line appointment={each} onOpen={onOpen} />
                {each.status === "PENDING" && (
                  <DecideButtons name={who(each)} onConfirm={() => confirm(each)} onDecline={() => decline(each)} />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Line({ appointment, onOpen }: { readonly appointment: Appointment; readonly onOpen: (id: string) => void }) {
  const formats = useFormats();
  const { pulsing, clashing } = useHighlights();
  const { id, start, end, customer, serviceName, staffName, status } = appointment;
  const marks = `${pulsing.has(id) ? "is-pulsing" : ""} ${clashing.has(id) ? "is-clashing" : ""}`;
  return (
    <button type="button" className={`agenda__line ${marks}`} data-entry={id} onClick={() => onOpen(id)}>
      <span className="agenda__time">{formats.timeRange(new Date(start), new Date(end))}</span>
      <span className="agenda__what">
        <span className="agenda__who">
          <bdi>{customer?.name ?? serviceName}</bdi>
        </span>
        <span className="agenda__more">
          <bdi>{serviceName}</bdi> · <bdi>{staffName}</bdi>
        </span>
      </span>
      <StatusBadge status={status} />
    </button>
  );
}
