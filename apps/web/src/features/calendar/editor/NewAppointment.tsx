import { useState } from "react";
import { Button } from "../../../components/Button";
import { customerOf, type Chosen } from "../../../components/customerPicker/chosen";
import { CustomerPicker } from "../../../components/customerPicker/CustomerPicker";
import { Drawer } from "../../../components/Dialog";
import { Checkbox, TextArea } from "../../../components/Field";
import { FormError } from "../../../components/states";
import { isProblem } from "../../../lib/api/problem";
import type { Service } from "../../../lib/catalogue/services";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { useWords } from "../../../lib/i18n/locale";
import { useBusinessZone } from "../../../lib/time/business";
import { at, dayOf, minutesOf } from "../../../lib/time/zone";
import type { NewAppointment as Body } from "../createAppointment";
import { Refused } from "../series/Refused";
import { RepeatFields } from "../series/RepeatFields";
import { isComplete, NO_REPEAT, ruleOf, type Repeat } from "../series/rule";
import { seriesWords } from "../series/words";
import "./editor.css";
import { clockOf, minutesOfClock, TimeFields, type Written } from "./TimeFields";
import { useCreate } from "./useCreate";
import { editorWords } from "./words";

/** Where it was begun. */
export interface Draft {
  readonly start: Date;
  readonly staffId: string | undefined;
}

interface NewAppointmentProps {
  readonly draft: Draft;
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
  readonly onClose: () => void;
}

export function NewAppointment({ draft, services, staff, onClose }: NewAppointmentProps) {
  const words = useWords(editorWords);
  const ofSeries = useWords(seriesWords);
  const { written, write, rest, writeRest, body, rrule, isKnown } = useWritten(draft, services);
  const create = useCreate(onClose);
  const wrong = (field: string) => (isProblem(create.error) ? create.error.at(`/customer/${field}`) : undefined);
  const submit = ({ allow, skips = false }: { allow?: NonNullable<Body["allow"]>; skips?: boolean } = {}) => {
    if (isKnown) create.mutate({ body: { ...body(), ...(allow ? { allow } : {}) }, rrule, skips });
  };
  return (
    <Drawer
      title={words.newTitle}
      onClose={onClose}
      actions={
        <>
          {create.refused.length > 0 && <Button onClick={() => submit({ skips: true })}>{ofSeries.bookRest}</Button>}
          {create.canAllow && (
            <Button onClick={() => submit({ allow: ["outsideHours", "timeOff"] })}>{words.bookAnyway}</Button>
          )}
          <Button kind="primary" isBusy={create.isPending} disabled={!isKnown} onClick={() => submit()}>
            {words.book}
          </Button>
        </>
      }
    >
      <div className="form">
        {create.refused.length > 0 ? (
          <Refused refused={create.refused} />
        ) : create.why ? (
          <p className="form-error" role="alert">
            {create.why}
          </p>
        ) : (
          <FormError error={create.error} />
        )}
        <TimeFields written={written} write={write} services={services} staff={staff} isNew />
        {!isClass(services, written) && (
          <RepeatFields
            repeat={rest.repeat}
            write={(changed) => writeRest({ repeat: { ...rest.repeat, ...changed } })}
            day={written.day}
          />
        )}
        <CustomerPicker chosen={rest.customer} choose={(customer) => writeRest({ customer })} wrong={wrong} />
        <TextArea
          label={words.notes}
          hint={words.notesHint}
          value={rest.notes}
          onChange={(event) => writeRest({ notes: event.target.value })}
        />
        <Checkbox
          label={words.asPending}
          checked={rest.isPending}
          onChange={(event) => writeRest({ isPending: event.target.checked })}
        />
      </div>
    </Drawer>
  );
}

interface Rest {
  readonly customer: Chosen | undefined;
  readonly notes: string;
  readonly isPending: boolean;
  readonly repeat: Repeat;
}

function useWritten(draft: Draft, services: readonly Service[]) {
  const zone = useBusinessZone();
  const offered = services.filter(({ staffIds }) => !draft.staffId || staffIds.includes(draft.staffId));
  const [written, setWritten] = useState<Written>(() => ({
    serviceId: (offered.length === 1 ? offered[0]?.id : undefined) ?? "",
    staffId: draft.staffId ?? "",
    day: dayOf(zone, draft.start),
    time: clockOf(minutesOf(zone, draft.start)),
  }));
  const [rest, setRest] = useState<Rest>({ customer: undefined, notes: "", isPending: false, repeat: NO_REPEAT });
  const body = (): Body => ({
    serviceId: written.serviceId,
    ...(written.staffId ? { staffId: written.staffId } : {}),
    start: at(zone, written.day, minutesOfClock(written.time)).toISOString(),
    ...(rest.customer ? customerOf(rest.customer) : {}),
    ...(rest.notes ? { notes: rest.notes } : {}),
    status: rest.isPending ? "PENDING" : "CONFIRMED",
  });
  return {
    written,
    write: (changed: Partial<Written>) => setWritten((before) => ({ ...before, ...changed })),
    rest,
    writeRest: (changed: Partial<Rest>) => setRest((before) => ({ ...before, ...changed })),
    body,
    ...wayOf(services, written, rest),
  };
}

/** By which rule it repeats, and whether all is said that has to be. */
function wayOf(services: readonly Service[], written: Written, { repeat }: Rest) {
  const wanted = isClass(services, written) ? NO_REPEAT : repeat;
  const isTimed = written.serviceId !== "" && written.day !== "" && !Number.isNaN(minutesOfClock(written.time));
  return {
    rrule: isTimed ? ruleOf(wanted, written.day) : undefined,
    isKnown: isTimed && isComplete(wanted, written.day),
  };
}

/** A seat of a class is booked by itself. */
function isClass(services: readonly Service[], { serviceId }: Written): boolean {
  return (services.find(({ id }) => id === serviceId)?.capacity ?? 1) > 1;
}
