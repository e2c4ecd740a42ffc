import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Select } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { More } from "../../components/More";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { DeliveryRow } from "./DeliveryRow";
import { ReplayFailed } from "./ReplayFailed";
import { deliveriesQuery, type DeliveryState } from "./requests/listDeliveries";
import { webhooksWords } from "./words";
import "./webhooks.css";

const STATES: readonly DeliveryState[] = ["failed", "waiting", "delivered"];

/** What it was told, and what it said. */
export function Deliveries({ endpointId }: { readonly endpointId: string }) {
  const words = useWords(webhooksWords);
  const [state, setState] = useState<DeliveryState>();
  const query = useInfiniteQuery(deliveriesQuery(endpointId, state));
  return (
    <Section title={words.deliveries} lead={words.deliveriesLead}>
      <div className="deliveries__tools">
        <Select
          label={words.show}
          value={state ?? ""}
          choices={[{ value: "", label: words.all }, ...STATES.map((each) => ({ value: each, label: words[each] }))]}
          onChange={(event) => setState(STATES.find((each) => each === event.target.value))}
        />
        <ReplayFailed endpointId={endpointId} />
      </div>
      <Loaded query={query} lines={4}>
        {({ pages }) => {
          const deliveries = pages.flatMap((page) => page.items);
          if (deliveries.length === 0) return <p className="field__hint">{words.noDeliveries}</p>;
          return (
            <ul className="rows">
              {deliveries.map((delivery) => (
                <DeliveryRow key={delivery.id} endpointId={endpointId} delivery={delivery} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <More query={query} />
    </Section>
  );
}
