import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery } from "../../lib/requests/listStaff";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { spanText } from "../../lib/time/span";
import { dayOf, type Zone } from "../../lib/time/zone";
import { Button } from "../Button";
import { Dialog } from "../Dialog";
import { inTheWayWords } from "./words";

interface InTheWayProps {
  /** Of what was saved: the bookings that it is in conflict with. */
  readonly conflicts: readonly Conflict[];
  readonly onClose: () => void;
}

/** What is booked where it should not be any more, with the way to each. Nothing is shown while there is none. */
export function InTheWay({ conflicts, onClose }: InTheWayProps) {
  const words = useWords(inTheWayWords);
  if (conflicts.length === 0) return null;
  return (
    <Dialog
      title={words.title(conflicts.length)}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {words.done}
        </Button>
      }
    >
      <div className="form">
        <p>{words.lead}</p>
        <ul className="rows">
          {conflicts.map((conflict) => (
            <ConflictRow key={conflict.appointmentId ?? conflict.sessionId ?? conflict.start} conflict={conflict} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function ConflictRow({ conflict }: { readonly conflict: Conflict }) {
  const words = useWords(inTheWayWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const staff = useQuery(staffQuery);
  if (!conflict.start || !conflict.end) return null;
  const [start, end] = [new Date(conflict.start), new Date(conflict.end)];
  const who = staff.data?.find(({ id }) => id === conflict.staffId)?.name;
  const when = spanText(start, end, zone, formats);
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title">{when}</p>
        <p className="rows__more">
          {conflict.sessionId && <>{words.class} · </>}
          <bdi>{who}</bdi>
        </p>
      </div>
      <Link
        className="button button--secondary"
        to={placeOf(conflict, start, zone)}
        aria-label={`${words.open}: ${when}`}
      >
        {words.open}
      </Link>
    </li>
  );
}

function placeOf({ appointmentId, sessionId }: Conflict, start: Date, zone: Zone): string {
  if (sessionId) return `/classes/${sessionId}`;
  return `/calendar?view=day&day=${dayOf(zone, start)}&appointment=${appointmentId ?? ""}`;
}
