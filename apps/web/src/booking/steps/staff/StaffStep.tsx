/** Who gives the service: anyone first, and each with the time when they are free next. */

import { useQuery } from "@tanstack/react-query";
import { firstSlotsQuery } from "../../api/listSlots";
import { useFormats, useWords } from "../../i18n/messages";
import { useWanted } from "../../time/useWanted";
import { useZones } from "../../time/useZones";
import type { StepProps } from "../../Wizard";
import { nextFree } from "./nextFree";

export function StaffStep({ page, services, flow }: StepProps) {
  const words = useWords();
  const service = services.find(({ id }) => id === flow.choices.serviceId);
  const when = useNext({ page, services, flow });
  if (!service) return null;
  const choose = (staffId: string | null) => {
    flow.choose({ staffId, start: undefined });
  };
  const isChosen = (staffId: string | null) => flow.choices.staffId === staffId;
  return (
    <ul className="people">
      <li>
        <Chip
          name={words.anyone}
          more={words.firstFree}
          when={when(null)}
          isChosen={isChosen(null)}
          choose={() => {
            choose(null);
          }}
        />
      </li>
      {service.staff.map(({ id, name, title }) => (
        <li key={id}>
          <Chip
            name={name}
            more={title}
            when={when(id)}
            isChosen={isChosen(id)}
            choose={() => {
              choose(id);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

interface ChipProps {
  readonly name: string;
  readonly more: string | null;
  readonly when: string;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

function Chip({ name, more, when, isChosen, choose }: ChipProps) {
  return (
    <button type="button" className="chip" aria-current={isChosen ? "true" : undefined} onClick={choose}>
      <span className="name" dir="auto">
        {name}
      </span>
      {more !== null && (
        <span className="quiet" dir="auto">
          {more}
        </span>
      )}
      <span className="quiet">{when}</span>
    </button>
  );
}

/** When somebody is free next, in words. */
function useNext({ page, services, flow }: StepProps): (staffId: string | null) => string {
  const words = useWords();
  const { shortMoment } = useFormats();
  const { shown } = useZones(page, flow.store);
  const hour12 = flow.store((progress) => progress.hour12);
  const { data, isError } = useQuery(firstSlotsQuery(useWanted(page, services, flow)));
  const found = data && nextFree(data);
  return (staffId) => {
    if (isError) return "";
    if (!found) return words.lookingUp;
    const start = found.get(staffId);
    if (start === undefined) return words.noneSoon;
    return words.nextFree(shortMoment(start, shown, hour12));
  };
}
