/** Moving an appointment to another time that is free. */

import { useQuery } from "@tanstack/react-query";
import { servicesQuery } from "../api/listServices";
import type { Managed, Page } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { Waiting } from "../layout/Waiting";
import { useCountdown } from "../layout/useCountdown";
import { NewTime } from "./NewTime";

interface Props {
  readonly managed: Managed;
  readonly token: string;
  /** undefined when the page is gone: then nobody knows what is free. */
  readonly page: Page | undefined;
  readonly isChoosing: boolean;
  readonly onChoosing: (isChoosing: boolean) => void;
  readonly onMoved: () => void;
}

export function ReschedulePart({ managed, page, ...more }: Props) {
  const words = useWords();
  const { moment } = useFormats();
  const until = managed.canRescheduleUntil;
  const isOver = useCountdown(until ?? undefined) === 0;
  if (isOver) {
    return (
      <p className="quiet">
        {words.rescheduleOver} {words.contact}
      </p>
    );
  }
  if (!page || until === null) return null;
  return (
    <section aria-labelledby="reschedule">
      <h2 id="reschedule">{words.reschedule}</h2>
      <p className="quiet">{words.rescheduleUntil(moment(until, managed.appointment.timezone))}</p>
      <Choosing managed={managed} page={page} {...more} />
    </section>
  );
}

function Choosing({ managed, token, page, isChoosing, onChoosing, onMoved }: Props & { readonly page: Page }) {
  const words = useWords();
  const { data: services } = useQuery({ ...servicesQuery(page.slug), enabled: isChoosing });
  const toggle = () => {
    onChoosing(!isChoosing);
  };
  if (!isChoosing) {
    return (
      <button type="button" className="button" onClick={toggle}>
        {words.reschedule}
      </button>
    );
  }
  if (!services) return <Waiting label={words.loadingTimes} />;
  return <NewTime managed={managed} token={token} page={page} services={services} onMoved={onMoved} onLeave={toggle} />;
}
