import { useQuery } from "@tanstack/react-query";
import { Drawer } from "../../../components/Dialog";
import { EmptyState, ErrorState, SkeletonList } from "../../../components/states";
import { isProblem } from "../../../lib/api/problem";
import { titleOf } from "../../../lib/appointments/names";
import type { Service } from "../../../lib/catalogue/services";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { useLocale, useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import { money } from "../../../lib/time/format";
import type { Appointment } from "../readRange";
import { SeriesPart } from "../series/SeriesPart";
import { StatusBadge } from "../StatusBadge";
import type { Moves } from "../useMove";
import { ChangeCustomer } from "./ChangeCustomer";
import { Deposit } from "./Deposit";
import "./editor.css";
import { MoveTo } from "./MoveTo";
import { Notes } from "./Notes";
import { appointment as read } from "./readAppointment";
import { StatusActions } from "./StatusActions";
import { Messages, Trail } from "./Trail";
import { editorWords } from "./words";

interface EditAppointmentProps extends Moves {
  readonly id: string;
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
  readonly onClose: () => void;
}

/** Everything about one appointment: by its address it can be sent to somebody. */
export function EditAppointment({ id, services, staff, move, moveSeries, onClose }: EditAppointmentProps) {
  const words = useWords(editorWords);
  const { data, error, refetch } = useQuery(read(id));
  return (
    <Drawer title={data ? titleOf(data) : words.title} onClose={onClose}>
      {data ? (
        <div className="appointment">
          <Facts appointment={data} />
          <StatusActions appointment={data} />
          <MoveTo key={placed(data)} {...{ services, staff, move, moveSeries }} appointment={data} />
          <ChangeCustomer appointment={data} />
          {data.seriesId && <SeriesPart id={data.id} seriesId={data.seriesId} />}
          <Notes key={data.revision} appointment={data} />
          <Deposit appointment={data} />
          <Messages id={id} />
          <Trail id={id} />
        </div>
      ) : isProblem(error, "NotFound") ? (
        <EmptyState title={words.gone} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonList />
      )}
    </Drawer>
  );
}

/** Another one when it is elsewhere: then its form begins anew. */
function placed({ start, end, staffId, serviceId }: Appointment): string {
  return [start, end, staffId, serviceId].join(" ");
}

function Facts({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(editorWords);
  const formats = useFormats();
  const locale = useLocale();
  const { customer, start, end } = appointment;
  return (
    <section>
      <p className="appointment__lead">
        <StatusBadge status={appointment.status} />
        <strong>
          {formats.day(new Date(start))}, {formats.timeRange(new Date(start), new Date(end))}
        </strong>
      </p>
      <dl className="appointment__facts">
        <dt>{words.service}</dt>
        <dd>
          <bdi>{appointment.serviceName}</bdi>
        </dd>
        <dt>{words.staff}</dt>
        <dd>
          <bdi>{appointment.staffName}</bdi>
        </dd>
        {customer?.email && <Contact word={words.email} href={`mailto:${customer.email}`} said={customer.email} />}
        {customer?.phone && <Contact word={words.phone} href={`tel:${customer.phone}`} said={customer.phone} />}
        <dt>{words.price}</dt>
        <dd>{money(appointment.price, locale)}</dd>
      </dl>
      {appointment.source === "public" && <p className="field__hint">{words.online}</p>}
      {appointment.cancellationReason && (
        <p className="field__hint">
          <bdi>{appointment.cancellationReason}</bdi>
        </p>
      )}
    </section>
  );
}

function Contact({ word, href, said }: Readonly<Record<"word" | "href" | "said", string>>) {
  return (
    <>
      <dt>{word}</dt>
      <dd>
        <a href={href}>
          <bdi dir="ltr">{said}</bdi>
        </a>
      </dd>
    </>
  );
}
