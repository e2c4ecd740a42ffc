import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Button } from "../../../components/Button";
import { Skeleton } from "../../../components/states";
import { useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import type { Appointment } from "../readRange";
import { StatusBadge } from "../StatusBadge";
import { series } from "./readSeries";
import { seriesWords } from "./words";

/** The other appointments of its series, each a step away. */
export function SeriesPart({ id, seriesId }: { readonly id: string; readonly seriesId: string }) {
  const words = useWords(seriesWords);
  const { data } = useQuery(series(seriesId));
  const [isOpen, setOpen] = useState(false);
  return (
    <section>
      <div className="appointment__lead">
        <p>{data ? nthOf(data.items, id, words.partOf) : words.part}</p>
        <Button kind="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {words.showAll}
        </Button>
      </div>
      {isOpen && (data ? <Items items={data.items} id={id} /> : <Skeleton height="60px" />)}
    </section>
  );
}

function nthOf(items: readonly Appointment[], id: string, say: (nth: number, of: number) => string): string {
  return say(items.findIndex((each) => each.id === id) + 1, items.length);
}

function Items({ items, id }: { readonly items: readonly Appointment[]; readonly id: string }) {
  return (
    <ul role="list" className="trail">
      {items.map((each) => (
        <Item key={each.id} appointment={each} isThis={each.id === id} />
      ))}
    </ul>
  );
}

function Item({ appointment, isThis }: { readonly appointment: Appointment; readonly isThis: boolean }) {
  const formats = useFormats();
  const [search] = useSearchParams();
  const address = new URLSearchParams(search);
  address.set("appointment", appointment.id);
  const when = formats.moment(new Date(appointment.start));
  return (
    <li>
      {isThis ? <strong aria-current="true">{when}</strong> : <Link to={{ search: String(address) }}>{when}</Link>}
      <StatusBadge status={appointment.status} />
    </li>
  );
}
