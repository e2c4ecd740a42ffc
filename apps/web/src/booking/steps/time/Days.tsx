/** One section for each day with times, and one line for each stretch without. */

import type { Page, Slot } from "../../api/types";
import type { Choosing } from "../../flow/useFlow";
import { useFormats, useWords } from "../../i18n/messages";
import type { Section } from "../../time/sections";
import { useZones } from "../../time/useZones";
import { dateIn, differ } from "../../time/zones";

interface Where {
  readonly page: Page;
  readonly flow: Choosing;
}

interface Props extends Where {
  readonly sections: readonly Section[];
}

export function Days({ sections, page, flow }: Props) {
  return sections.map((section) =>
    section.kind === "day" ? (
      <DaySection key={section.date} date={section.date} slots={section.slots} page={page} flow={flow} />
    ) : (
      <Nothing key={section.from} from={section.from} to={section.to} />
    ),
  );
}

function Nothing({ from, to }: { readonly from: string; readonly to: string }) {
  const words = useWords();
  const { shortDay } = useFormats();
  const says = from === to ? words.nothingOn(shortDay(from)) : words.nothingBetween(shortDay(from), shortDay(to));
  return <p className="nothing">{says}</p>;
}

interface DayProps extends Where {
  readonly date: string;
  readonly slots: readonly Slot[];
}

function DaySection({ date, slots, page, flow }: DayProps) {
  const { day } = useFormats();
  const { shown, other } = useZones(page, flow.store);
  return (
    <section className="day" aria-labelledby={`day-${date}`}>
      <h3 id={`day-${date}`}>{day(date)}</h3>
      <ul className={other === undefined ? "times" : "times two"}>
        {slots.map((slot) => (
          <li key={slot.start}>
            <TimeButton slot={slot} flow={flow} shown={shown} other={other} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TimeProps {
  readonly slot: Slot;
  readonly flow: Choosing;
  readonly shown: string;
  readonly other: string | undefined;
}

function TimeButton({ slot, flow, shown, other }: TimeProps) {
  const words = useWords();
  const { time } = useFormats();
  const hour12 = flow.store((progress) => progress.hour12);
  const isChosen = Date.parse(slot.start) === Date.parse(flow.choices.start ?? "");
  return (
    <button
      type="button"
      className="time"
      aria-current={isChosen ? "true" : undefined}
      onClick={() => {
        flow.choose({ start: slot.start });
      }}
    >
      {time(slot.start, shown, hour12)}
      {other !== undefined && <OtherTime start={slot.start} shown={shown} other={other} hour12={hour12} />}
      {typeof slot.seatsLeft === "number" && <small>{words.seatsLeft(slot.seatsLeft)}</small>}
    </button>
  );
}

interface OtherProps {
  readonly start: string;
  readonly shown: string;
  readonly other: string;
  readonly hour12: boolean | undefined;
}

/** The same moment in the other zone, with the day of the week where that is another one. */
function OtherTime({ start, shown, other, hour12 }: OtherProps) {
  const { time, weekday } = useFormats();
  const moment = new Date(start);
  if (!differ(moment, shown, other)) return null;
  const isOtherDay = dateIn(moment, shown) !== dateIn(moment, other);
  return (
    <small>
      {isOtherDay && `${weekday(start, other)} `}
      {time(start, other, hour12)}
    </small>
  );
}
