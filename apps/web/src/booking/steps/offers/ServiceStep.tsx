/** The services to choose from. */

import { useState } from "react";
import type { Page, Service } from "../../api/types";
import { useFormats, useWords } from "../../i18n/messages";
import type { StepProps } from "../../Wizard";
import { Filters } from "./Filters";
import { byCategory, EVERYTHING, matching } from "./offers";

export function ServiceStep({ page, services, flow }: StepProps) {
  const words = useWords();
  const [filter, setFilter] = useState(EVERYTHING);
  const found = matching(services, filter);
  const showAll = () => {
    setFilter(EVERYTHING);
  };
  if (services.length === 0) return <p>{words.nothingToBook}</p>;
  return (
    <>
      <Filters services={services} filter={filter} onChange={setFilter} />
      <p className="hidden" role="status">
        {words.servicesShown(found.length)}
      </p>
      {found.length === 0 && (
        <p>
          {words.noService}{" "}
          <button type="button" className="link" onClick={showAll}>
            {words.showAll}
          </button>
        </p>
      )}
      {byCategory(found).map(([category, here]) => (
        <div key={category ?? ""}>
          {category !== null && (
            <h3 className="category" dir="auto">
              {category}
            </h3>
          )}
          <Cards page={page} services={here} flow={flow} />
        </div>
      ))}
    </>
  );
}

function Cards({ page, services, flow }: StepProps) {
  return (
    <ul className="services">
      {services.map((service) => (
        <li key={service.id}>
          <Card
            page={page}
            service={service}
            isChosen={service.id === flow.choices.serviceId}
            choose={() => {
              flow.choose({ serviceId: service.id, staffId: undefined, start: undefined });
            }}
          />
        </li>
      ))}
    </ul>
  );
}

interface CardProps {
  readonly page: Page;
  readonly service: Service;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

const MOST_NAMED = 4; // more staff than that are not named in a line

function Card({ page, service, isChosen, choose }: CardProps) {
  const words = useWords();
  const { money, minutes, names } = useFormats();
  const { price, depositDue, staff, description } = service;
  const isNamed = staff.length > 0 && staff.length <= MOST_NAMED;
  return (
    <button type="button" className="card" aria-current={isChosen ? "true" : undefined} onClick={choose}>
      <span className="name" dir="auto">
        {service.name}
      </span>
      <span className="price">{price.amount === 0 ? words.free : money(price)}</span>
      <span className="facts">
        <span>{minutes(service.durationMinutes)}</span>
        {depositDue && page.payments && <span>{words.deposit(money(depositDue))}</span>}
        {isNamed && <span dir="auto">{words.withStaff(names(staff.map(({ name }) => name)))}</span>}
      </span>
      {description.trim() !== "" && (
        <span className="text" dir="auto">
          {description}
        </span>
      )}
    </button>
  );
}
