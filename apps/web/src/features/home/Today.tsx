import { useQuery } from "@tanstack/react-query";
import { CalendarCheck } from "lucide-react";
import { Badge } from "../../components/Badge";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { StatusBadge } from "../../components/status/StatusBadge";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { dayQuery } from "./requests/listToday";
import { homeWords } from "./words";

export function Today({ day }: { readonly day: string }) {
  const words = useWords(homeWords);
  const query = useQuery(dayQuery(useBusinessZone(), day));
  return (
    <Section title={words.today} {...(query.data ? { lead: words.todayCount(query.data.length) } : {})}>
      <Loaded query={query} lines={6}>
        {(appointments) =>
          appointments.length === 0 ? (
            <EmptyState icon={<CalendarCheck />} title={words.noToday} />
          ) : (
            <ul className="rows">
              {appointments.map((appointment) => (
                <TodayRow key={appointment.id} appointment={appointment} now={query.dataUpdatedAt} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

interface TodayRowProps {
  readonly appointment: Shape<"AppointmentDetails">;
  /** When it was looked at, in milliseconds. */
  readonly now: number;
}

function TodayRow({ appointment, now }: TodayRowProps) {
  const words = useWords(homeWords);
  const formats = useFormats();
  const [start, end] = [new Date(appointment.start), new Date(appointment.end)];
  const isNow = start.getTime() <= now && now < end.getTime();
  const isPast = end.getTime() <= now;
  return (
    <li className={isNow ? "home__now" : isPast ? "home__past" : undefined}>
      <span className="home__time">{formats.timeRange(start, end)}</span>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {appointment.customer?.name ?? words.nobody}
        </p>
        <p className="rows__more">
          <bdi>{appointment.serviceName}</bdi> · <bdi>{appointment.staffName}</bdi>
        </p>
      </div>
      <div className="rows__end">
        {isNow && <Badge tone="accent">{words.now}</Badge>}
        {appointment.status !== "CONFIRMED" && <StatusBadge status={appointment.status} />}
      </div>
    </li>
  );
}
