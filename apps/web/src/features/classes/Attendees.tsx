import { Check, X } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Button, IconButton } from "../../components/Button";
import { Section } from "../../components/Page";
import { Confirm } from "../../components/saving/Confirm";
import { FormError } from "../../components/states";
import { StatusBadge } from "../../components/status/StatusBadge";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { AddAttendee } from "./AddAttendee";
import type { SessionWithSeats } from "./requests/readSession";
import { useSetSeatStatus } from "./requests/setSeatStatus";
import { classesWords } from "./words";

type Seat = Shape<"AppointmentDetails">;

interface AttendeesProps {
  readonly session: SessionWithSeats;
  /** When it was looked at, in milliseconds. */
  readonly now: number;
}

export function Attendees({ session, now }: AttendeesProps) {
  const words = useWords(classesWords);
  const seats = session.seats.filter(({ status }) => status !== "CANCELLED");
  const hasBegun = Date.parse(session.start) <= now;
  return (
    <Section title={words.attendees} lead={words.takenOf(session.seatsTaken, session.capacity)}>
      {seats.length === 0 ? (
        <p className="field__hint">{words.nobody}</p>
      ) : (
        <ul className="rows">
          {seats.map((seat) => (
            <SeatRow key={seat.id} seat={seat} hasBegun={hasBegun} />
          ))}
        </ul>
      )}
      <AddAttendee session={session} />
    </Section>
  );
}

interface SeatRowProps {
  readonly seat: Seat;
  readonly hasBegun: boolean;
}

function SeatRow({ seat, hasBegun }: SeatRowProps) {
  const words = useWords(classesWords);
  const { customer, status } = seat;
  return (
    <li>
      <div className="rows__main">
        {customer ? <Who customer={customer} /> : <p className="rows__title">{words.unnamed}</p>}
      </div>
      <div className="rows__end">
        {status !== "CONFIRMED" && <StatusBadge status={status} />}
        <SeatActions seat={seat} who={customer?.name ?? words.unnamed} hasBegun={hasBegun} />
      </div>
    </li>
  );
}

function Who({ customer }: { readonly customer: Shape<"CustomerDetails"> }) {
  const contact = customer.email ?? customer.phone;
  return (
    <>
      <Link to={`/customers/${customer.id}`} dir="auto">
        {customer.name}
      </Link>
      {contact && (
        <p className="rows__more">
          <bdi>{contact}</bdi>
        </p>
      )}
    </>
  );
}

function SeatActions({ seat, who, hasBegun }: SeatRowProps & { readonly who: string }) {
  const words = useWords(classesWords);
  const set = useSetSeatStatus();
  const [isCancelling, setCancelling] = useState(false);
  const { id, status } = seat;
  if (status !== "PENDING" && status !== "CONFIRMED") return null;
  const press = (to: Seat["status"]) => () => set.mutate({ id, status: to });
  return (
    <>
      {status === "PENDING" && (
        <Button aria-label={words.confirmFor(who)} isBusy={set.isPending} onClick={press("CONFIRMED")}>
          {words.confirm}
        </Button>
      )}
      {status === "CONFIRMED" && hasBegun ? (
        <>
          <IconButton label={words.came(who)} icon={<Check />} isBusy={set.isPending} onClick={press("COMPLETED")} />
          <IconButton label={words.cameNot(who)} icon={<X />} isBusy={set.isPending} onClick={press("NO_SHOW")} />
        </>
      ) : (
        <IconButton label={words.cancelFor(who)} icon={<X />} onClick={() => setCancelling(true)} />
      )}
      {!isCancelling && <FormError error={set.error} />}
      {isCancelling && (
        <Confirm
          title={words.cancelTitle(who)}
          text={words.cancelLead}
          act={words.cancelSeat}
          error={set.error}
          isBusy={set.isPending}
          onConfirm={press("CANCELLED")}
          onClose={() => setCancelling(false)}
        />
      )}
    </>
  );
}
