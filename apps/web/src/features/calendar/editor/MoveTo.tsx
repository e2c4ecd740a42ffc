import { useState, type SyntheticEvent } from "react";
import { Button } from "../../../components/Button";
import { Select } from "../../../components/Field";
import { ScopeChoice } from "../../../components/series/ScopeChoice";
import { FormError } from "../../../components/states";
import type { Scope } from "../../../lib/appointments/scope";
import type { Service } from "../../../lib/catalogue/services";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { useLocale, useWords } from "../../../lib/i18n/locale";
import { useBusinessZone } from "../../../lib/time/business";
import { duration } from "../../../lib/time/format";
import { at, dayOf, minutesOf, type Zone } from "../../../lib/time/zone";
import { isMovable } from "../entries";
import type { Place } from "../place";
import type { Appointment } from "../readRange";
import { MoveAgain } from "../series/MoveAgain";
import type { SeriesOrder } from "../series/moveSeries";
import { Refused } from "../series/Refused";
import { useMoveSeries } from "../series/useMoveSeries";
import { seriesWords } from "../series/words";
import type { Moves } from "../useMove";
import { clockOf, minutesOfClock, TimeFields, type Written } from "./TimeFields";
import { editorWords } from "./words";

const MINUTE = 60_000;
/** Lengths that may be chosen, besides the one that it has. */
const LENGTHS: readonly number[] = Array.from({ length: 16 }, (_, index) => (index + 1) * 15);

interface MoveToProps extends Moves {
  readonly appointment: Appointment;
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
}

/** What dragging does, without dragging: to another time, length, person or service. */
export function MoveTo(props: MoveToProps) {
  const words = useWords(editorWords);
  const [isOpen, setOpen] = useState(false);
  if (!isMovable(props.appointment)) return null;
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{words.moveTo}</Button>;
  return <MoveForm {...props} />;
}

function MoveForm({ appointment, services, staff, move, moveSeries }: MoveToProps) {
  const ofSeries = useWords(seriesWords);
  const zone = useBusinessZone();
  const [scope, setScope] = useState<Scope>("this");
  const series = useMoveSeries(moveSeries);
  const { written, write, length, setLength } = useWritten(appointment, services);
  const submit = (allow: SeriesOrder["allow"]) => {
    const to = placeOf(written, length, zone);
    if (!to) return;
    if (!appointment.seriesId || scope === "this") {
      void move(appointment, to);
      return;
    }
    series.mutate({ appointment, to, scope, allow });
  };
  return (
    <form
      className="form"
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        submit([]);
      }}
    >
      {series.refused.length > 0 ? <Refused refused={series.refused} /> : <FormError error={series.error} />}
      {appointment.seriesId && <ScopeChoice scope={scope} choose={setScope} />}
      <TimeFields
        written={written}
        write={write}
        services={appointment.sessionId ? services.filter(({ id }) => id === appointment.serviceId) : services}
        staff={staff}
        isNew={false}
        serviceName={appointment.serviceName}
      />
      {!appointment.sessionId && <Length minutes={length} choose={setLength} />}
      <div className="form__actions">
        <MoveAgain series={series} again={submit} />
        <Button type="submit" kind="primary" isBusy={series.isPending}>
          {ofSeries.move}
        </Button>
      </div>
    </form>
  );
}

/** What is written; another service brings its length along. */
function useWritten(appointment: Appointment, services: readonly Service[]) {
  const zone = useBusinessZone();
  const start = new Date(appointment.start);
  const ownLength = (Date.parse(appointment.end) - start.getTime()) / MINUTE;
  const [length, setLength] = useState(ownLength);
  const [written, setWritten] = useState<Written>({
    serviceId: appointment.serviceId,
    staffId: appointment.staffId,
    day: dayOf(zone, start),
    time: clockOf(minutesOf(zone, start)),
  });
  const write = (changed: Partial<Written>) => {
    setWritten((before) => ({ ...before, ...changed }));
    if (!changed.serviceId || changed.serviceId === written.serviceId) return;
    const other = services.find(({ id }) => id === changed.serviceId && id !== appointment.serviceId);
    setLength(other?.durationMinutes ?? ownLength);
  };
  return { written, write, length, setLength };
}

/** Where it is to go; undefined while that is not a time. */
function placeOf({ serviceId, staffId, day, time }: Written, length: number, zone: Zone): Place | undefined {
  const minutes = minutesOfClock(time);
  if (Number.isNaN(minutes) || !day) return undefined;
  const start = at(zone, day, minutes);
  return { start, end: new Date(start.getTime() + length * MINUTE), staffId, serviceId };
}

function Length({ minutes, choose }: { readonly minutes: number; readonly choose: (minutes: number) => void }) {
  const words = useWords(editorWords);
  const locale = useLocale();
  const lengths = LENGTHS.includes(minutes) ? LENGTHS : [minutes, ...LENGTHS];
  return (
    <Select
      label={words.length}
      value={minutes}
      choices={lengths.map((each) => ({ value: String(each), label: duration(each, locale) }))}
      onChange={(event) => choose(Number(event.target.value))}
    />
  );
}
