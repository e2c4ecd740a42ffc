import { CircleAlert, CircleCheck } from "lucide-react";
import { memo, useContext } from "react";
import { titleOf } from "../../lib/appointments/names";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { clashOf, type Clash } from "./clash";
import { Column } from "./Column";
import { DecideInGrid } from "./Decide";
import type { Entry } from "./entries";
import "./entry.css";
import { KnownTimes } from "./Known";
import { calendarWords } from "./words";

const MINUTE = 60_000;
const ONE_LINE = 30; // minutes: up to it there is no room for a second line

/** An appointment in the grid; while it is dragged, also what is in the way where it is. */
export const EventBody = memo(function EventBody({ event }: { readonly event: Entry }) {
  const { isPreview, clash } = usePreview(event);
  const { status } = event.appointment;
  const minutes = (event.end.getTime() - event.start.getTime()) / MINUTE;
  return (
    <div
      className={`entry ${minutes <= ONE_LINE ? "entry--line" : ""}`}
      data-entry={event.id}
      data-preview={isPreview ? (clash ? "clash" : "free") : undefined}
    >
      <Buffers entry={event} minutes={minutes} />
      {isPreview && <Preview clash={clash} />}
      <Text event={event} />
      {status === "PENDING" && !isPreview && <DecideInGrid appointment={event.appointment} />}
    </div>
  );
});

function Text({ event }: { readonly event: Entry }) {
  const formats = useFormats();
  const { customer, serviceName } = event.appointment;
  return (
    <>
      <span className="entry__title">
        <bdi>{customer?.name ?? serviceName}</bdi>
      </span>
      <span className="entry__detail">
        {formats.timeRange(event.start, event.end)}
        {customer && (
          <>
            {" · "}
            <bdi>{serviceName}</bdi>
          </>
        )}
      </span>
    </>
  );
}

/** Whether it is shown where it is not, and what is in the way there. */
function usePreview(event: Entry): { readonly isPreview: boolean; readonly clash: Clash | undefined } {
  const column = useContext(Column);
  const { appointments, open } = useContext(KnownTimes);
  const { appointment } = event;
  const isMoved =
    event.start.getTime() !== Date.parse(appointment.start) || event.end.getTime() !== Date.parse(appointment.end);
  if (!column || (!isMoved && column === appointment.staffId)) return { isPreview: false, clash: undefined };
  return { isPreview: true, clash: clashOf({ ...event, staffId: column }, appointments, open) };
}

/** The time before and after that is taken as well. */
function Buffers({ entry, minutes }: { readonly entry: Entry; readonly minutes: number }) {
  const height = (buffer: number) => `${(buffer / minutes) * 100}%`;
  return (
    <>
      {entry.bufferBeforeMinutes > 0 && (
        <span className="entry__buffer entry__buffer--before" style={{ height: height(entry.bufferBeforeMinutes) }} />
      )}
      {entry.bufferAfterMinutes > 0 && (
        <span className="entry__buffer entry__buffer--after" style={{ height: height(entry.bufferAfterMinutes) }} />
      )}
    </>
  );
}

function Preview({ clash }: { readonly clash: Clash | undefined }) {
  const words = useWords(calendarWords);
  if (!clash) {
    return (
      <span className="entry__verdict">
        <CircleCheck aria-hidden="true" /> {words.free}
      </span>
    );
  }
  return (
    <span className="entry__verdict entry__verdict--clash">
      <CircleAlert aria-hidden="true" /> {clash.kind === "busy" ? words.overlaps(titleOf(clash.with)) : words.closed}
    </span>
  );
}
