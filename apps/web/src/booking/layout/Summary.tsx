/** What was chosen: beside the steps, and on phones in a sheet from below. */

import { useState } from "react";
import type { Page, Service } from "../api/types";
import type { Flow } from "../flow/useFlow";
import { useFormats, useWords } from "../i18n/messages";
import { useMoment } from "../time/useZones";
import { Dialog } from "./Dialog";
import { Icon } from "./Icon";
import { PlaceAndPolicy } from "./PageParts";

interface Props {
  readonly page: Page;
  readonly services: readonly Service[];
  readonly flow: Flow;
}

export function Summary({ page, services, flow }: Props) {
  const words = useWords();
  return (
    <aside>
      {flow.step !== "booked" && (
        <section className="summary" aria-labelledby="summary">
          <h2 id="summary">{words.summary}</h2>
          <Chosen page={page} services={services} flow={flow} />
        </section>
      )}
      <PlaceAndPolicy page={page} />
    </aside>
  );
}

/** The line at the bottom of a phone, which opens the whole. */
export function SummarySheet({ page, services, flow }: Props) {
  const words = useWords();
  const { money } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const service = services.find(({ id }) => id === flow.choices.serviceId);
  if (!service) return null;
  const close = () => {
    setOpen(false);
  };
  return (
    <div className="bottom">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        <span className="name" dir="auto">
          {service.name}
        </span>
        <span className="price">{service.price.amount === 0 ? words.free : money(service.price)}</span>
        <span className="hidden">{words.showSummary}</span>
        <Icon name="up" />
      </button>
      {isOpen && (
        <Dialog title={words.summary} kind="sheet" onClose={close}>
          <Chosen page={page} services={services} flow={flow} />
          <button type="button" className="button" onClick={close}>
            {words.close}
          </button>
        </Dialog>
      )}
    </div>
  );
}

function Chosen({ page, services, flow }: Props) {
  const words = useWords();
  const service = services.find(({ id }) => id === flow.choices.serviceId);
  if (!service) return <p className="quiet">{words.nothingYet}</p>;
  return (
    <div className="chosen">
      <ServiceLines page={page} service={service} />
      <StaffLine service={service} staffId={flow.choices.staffId} />
      <TimeLine page={page} flow={flow} start={flow.choices.start} />
    </div>
  );
}

function ServiceLines({ page, service }: { readonly page: Page; readonly service: Service }) {
  const words = useWords();
  const { money, minutes } = useFormats();
  const isDue = service.depositDue !== null && page.payments !== null;
  return (
    <>
      <div className="first">
        <span className="what" dir="auto">
          {service.name}
        </span>
        <span>{service.price.amount === 0 ? words.free : money(service.price)}</span>
      </div>
      <p className="quiet">{minutes(service.durationMinutes)}</p>
      {isDue && service.depositDue && <p className="quiet">{words.deposit(money(service.depositDue))}</p>}
    </>
  );
}

function StaffLine({ service, staffId }: { readonly service: Service; readonly staffId: string | null | undefined }) {
  const words = useWords();
  if (staffId === undefined) return null;
  const name = service.staff.find(({ id }) => id === staffId)?.name;
  return <p dir="auto">{name === undefined ? words.anyone : words.withStaff(name)}</p>;
}

function TimeLine({
  page,
  flow,
  start,
}: {
  readonly page: Page;
  readonly flow: Flow;
  readonly start: string | undefined;
}) {
  const moment = useMoment(page, flow.store);
  if (start === undefined) return null;
  const { first, second } = moment(start);
  return (
    <>
      <p className="when">{first}</p>
      {second !== undefined && <p className="quiet">{second}</p>}
    </>
  );
}
