/** What is booked or may be: the service and its price, with whom, when; and what else there is to say. */

import type { PropsWithChildren } from "react";
import type { Managed } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { When } from "./When";

interface Props {
  readonly appointment: Pick<Managed["appointment"], "serviceName" | "staffName" | "price" | "start" | "timezone">;
}

export function Lines({ appointment, children }: PropsWithChildren<Props>) {
  const words = useWords();
  const { money } = useFormats();
  const { serviceName, staffName, price, start, timezone } = appointment;
  return (
    <div className="chosen">
      <div className="first">
        <span className="what" dir="auto">
          {serviceName}
        </span>
        <span>{price.amount === 0 ? words.free : money(price)}</span>
      </div>
      <p dir="auto">{words.withStaff(staffName)}</p>
      <When start={start} timezone={timezone} />
      {children}
    </div>
  );
}
