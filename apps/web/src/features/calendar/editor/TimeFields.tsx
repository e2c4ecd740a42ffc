import { useQuery } from "@tanstack/react-query";
import { Select, TextField } from "../../../components/Field";
import { Skeleton } from "../../../components/states";
import type { Service } from "../../../lib/catalogue/services";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { useWords } from "../../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../../lib/time/business";
import { at, minutesOf } from "../../../lib/time/zone";
import { slots } from "./slots";
import { editorWords } from "./words";

/** When and with whom, as it is written: a date and a time of the business's clock. */
export interface Written {
  readonly serviceId: string;
  readonly staffId: string;
  readonly day: string;
  readonly time: string;
}

interface TimeFieldsProps {
  readonly written: Written;
  readonly write: (changed: Partial<Written>) => void;
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
  /** A new one may be with whoever is free, and is of a service that is chosen here. */
  readonly isNew: boolean;
  /** What is booked, where that may be a service which is not offered any more. */
  readonly serviceName?: string;
}

export function TimeFields({ written, write, services, staff, isNew, serviceName }: TimeFieldsProps) {
  const words = useWords(editorWords);
  const service = services.find(({ id }) => id === written.serviceId);
  const offering = whoOffers(service, staff);
  const anyone = isNew ? [{ value: "", label: words.anyone }] : [];
  const chooseService = (serviceId: string) => {
    const able = whoOffers(
      services.find(({ id }) => id === serviceId),
      staff,
    );
    const stays = able.some(({ id }) => id === written.staffId);
    write({ serviceId, staffId: stays ? written.staffId : isNew ? "" : (able[0]?.id ?? "") });
  };
  return (
    <>
      <Select
        label={words.service}
        value={written.serviceId}
        onChange={(event) => chooseService(event.target.value)}
        choices={[
          ...(service ? [] : [{ value: written.serviceId, label: serviceName ?? words.chooseService }]),
          ...services.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        label={words.staff}
        value={written.staffId}
        onChange={(event) => write({ staffId: event.target.value })}
        choices={[...anyone, ...offering.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <div className="form__row">
        <TextField
          label={words.date}
          type="date"
          value={written.day}
          onChange={(event) => write({ day: event.target.value })}
        />
        <TextField
          label={words.time}
          type="time"
          step={300}
          value={written.time}
          onChange={(event) => write({ time: event.target.value })}
        />
      </div>
      <FreeTimes written={written} write={write} />
    </>
  );
}

function whoOffers(service: Service | undefined, staff: readonly StaffMember[]): readonly StaffMember[] {
  return service ? staff.filter(({ id }) => service.staffIds.includes(id)) : staff;
}

function FreeTimes({ written, write }: Pick<TimeFieldsProps, "written" | "write">) {
  const words = useWords(editorWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const { serviceId, staffId, day } = written;
  const { data, isPending } = useQuery(slots({ serviceId, staffId: staffId || undefined, day }));
  if (!serviceId) return <p className="field__hint">{words.chooseFirst}</p>;
  if (isPending) return <Skeleton height="96px" />;
  if (!data || data.starts.length === 0) {
    return (
      <p className="field__hint">
        {words.noFreeTimes}{" "}
        {data?.nextAvailable && (
          <button type="button" className="link" onClick={() => write({ day: data.nextAvailable ?? day })}>
            {words.nextFree(formats.day(at(zone, data.nextAvailable, 720)))}
          </button>
        )}
      </p>
    );
  }
  return (
    <fieldset className="free-times">
      <legend className="field__label">{words.freeTimes}</legend>
      {data.starts.map((start) => {
        const time = clockOf(minutesOf(zone, new Date(start)));
        return (
          <button
            key={start}
            type="button"
            className="free-times__time"
            aria-pressed={time === written.time}
            onClick={() => write({ time })}
          >
            {formats.time(new Date(start))}
          </button>
        );
      })}
    </fieldset>
  );
}

/** `09:30` of 570. */
export function clockOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Minutes since midnight of `09:30`; NaN when it is no time. */
export function minutesOfClock(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? NaN) * 60 + (minutes ?? NaN);
}
