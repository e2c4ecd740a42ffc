import { useInfiniteQuery } from "@tanstack/react-query";
import { More } from "../../components/More";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { StatusBadge } from "../../components/status/StatusBadge";
import type { Shape } from "../../lib/api/client";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { writtenMoney } from "../../lib/money/money";
import { useFormats } from "../../lib/time/business";
import { historyQuery } from "./requests/listHistory";
import { customersWords } from "./words";

export function History({ id }: { readonly id: string }) {
  const words = useWords(customersWords);
  const query = useInfiniteQuery(historyQuery(id));
  return (
    <Section title={words.history}>
      <Loaded query={query} lines={3}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="field__hint">{words.noHistory}</p>;
          return (
            <ul className="rows">
              {items.map((item) => (
                <HistoryRow key={item.id} item={item} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <More query={query} />
    </Section>
  );
}

function HistoryRow({ item }: { readonly item: Shape<"AppointmentDetails"> }) {
  const locale = useLocale();
  const formats = useFormats();
  const start = new Date(item.start);
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {item.serviceName}
        </p>
        <p className="rows__more">
          {formats.longDay(start)}, {formats.time(start)} · <bdi>{item.staffName}</bdi>
        </p>
      </div>
      <div className="rows__end">
        <span className="rows__number">{writtenMoney(item.price, locale)}</span>
        <StatusBadge status={item.status} />
      </div>
    </li>
  );
}
