/** The free times, day by day, as far as somebody scrolls. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { slotsQuery } from "../../api/listSlots";
import type { Page, Service, Slots } from "../../api/types";
import type { Choosing } from "../../flow/useFlow";
import { useFormats, useWords } from "../../i18n/messages";
import { TryAgain } from "../../layout/TryAgain";
import { Waiting } from "../../layout/Waiting";
import { firstOf, sections, type PartOfDay } from "../../time/sections";
import { useWanted } from "../../time/useWanted";
import { useZones } from "../../time/useZones";
import { Days } from "./Days";
import { HowShown } from "./HowShown";
import { MoreDays } from "./MoreDays";

/** Of the bars while times are loaded: nothing below them is in sight, and seen to jump. */
const MORE_THAN_SEEN = 16;

interface Props {
  readonly page: Page;
  readonly services: readonly Service[];
  readonly flow: Choosing;
}

export function Times({ page, services, flow }: Props) {
  const words = useWords();
  const [part, setPart] = useState<PartOfDay>("all");
  const listed = useInfiniteQuery(slotsQuery(useWanted(page, services, flow)));
  return (
    <>
      <HowShown page={page} flow={flow} part={part} onPart={setPart} />
      {listed.isPending && <Waiting lines={MORE_THAN_SEEN} label={words.loadingTimes} />}
      {listed.isError && <TryAgain says={words.timesFailed} again={() => void listed.refetch()} />}
      {listed.data && <Listed pages={listed.data.pages} part={part} page={page} flow={flow} />}
      {listed.data && <MoreDays listed={listed} isEmpty={firstOf(listed.data.pages) === undefined} />}
    </>
  );
}

interface ListedProps extends Pick<Props, "page" | "flow"> {
  readonly pages: readonly Slots[];
  readonly part: PartOfDay;
}

function Listed({ pages, part, page, flow }: ListedProps) {
  const words = useWords();
  const shown = sections(pages, part);
  if (!shown.some(({ kind }) => kind === "day")) {
    return <p>{firstOf(pages) === undefined ? words.noTimes : words.noTimesThen}</p>;
  }
  return (
    <>
      <FirstFree pages={pages} page={page} flow={flow} />
      <Days sections={shown} page={page} flow={flow} />
    </>
  );
}

/** One press to the earliest time, where the first day has none. */
function FirstFree({ pages, page, flow }: Pick<ListedProps, "pages" | "page" | "flow">) {
  const words = useWords();
  const { shortMoment } = useFormats();
  const { shown } = useZones(page, flow.store);
  const hour12 = flow.store((progress) => progress.hour12);
  const first = firstOf(pages);
  if (!first || pages[0]?.days[0]?.slots.length) return null;
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        flow.choose({ start: first.start });
      }}
    >
      {words.nextAvailable(shortMoment(first.start, shown, hour12))}
    </button>
  );
}
