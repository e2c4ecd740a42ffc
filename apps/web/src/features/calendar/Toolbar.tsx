import { ChevronLeft, ChevronRight, ListFilter, Plus, Printer, ZoomIn, ZoomOut } from "lucide-react";
import { Button, IconButton } from "../../components/Button";
import { useLocale, useWords } from "../../lib/i18n/locale";
import type { State } from "../../lib/live/liveCalendar";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { addDays, at, dayOf } from "../../lib/time/zone";
import { VIEWS, type Look } from "./useView";
import { daysOf, stepped } from "./visible";
import { calendarWords } from "./words";
import { LEVELS, useZoom } from "./zoom";

const NOON = 720;

export interface ToolbarProps {
  readonly look: Look;
  readonly change: (changed: Partial<Look>) => void;
  readonly state: State;
  readonly isSidebarOpen: boolean;
  readonly onSidebar: () => void;
  readonly onNew: () => void;
}

export function Toolbar({ look, change, state, isSidebarOpen, onSidebar, onNew }: ToolbarProps) {
  const words = useWords(calendarWords);
  return (
    <div className="calendar__toolbar no-print">
      <IconButton label={words.showStaff} icon={<ListFilter />} aria-pressed={isSidebarOpen} onClick={onSidebar} />
      <Days look={look} change={change} />
      <Title look={look} />
      <span className="calendar__state" data-state={state} role="status">
        {words[state]}
      </span>
      <div className="calendar__views" role="group" aria-label={words.view}>
        {VIEWS.map((view) => (
          <Button key={view} kind="quiet" aria-pressed={view === look.view} onClick={() => change({ view })}>
            {words[view]}
          </Button>
        ))}
      </div>
      {(look.view === "day" || look.view === "week") && <Rows />}
      <IconButton className="calendar__wide" label={words.print} icon={<Printer />} onClick={() => window.print()} />
      <Button className="calendar__new" kind="primary" icon={<Plus />} onClick={() => onNew()}>
        {words.newAppointment}
      </Button>
    </div>
  );
}

function Days({ look, change }: Pick<ToolbarProps, "look" | "change">) {
  const words = useWords(calendarWords);
  const zone = useBusinessZone();
  const isMirrored = useLocale() === "ar";
  const [Back, Forward] = isMirrored ? [ChevronRight, ChevronLeft] : [ChevronLeft, ChevronRight];
  return (
    <>
      <Button onClick={() => change({ day: dayOf(zone, new Date()) })}>{words.today}</Button>
      <IconButton label={words.previous} icon={<Back />} onClick={() => change({ day: stepped(look, -1) })} />
      <IconButton label={words.next} icon={<Forward />} onClick={() => change({ day: stepped(look, 1) })} />
      <input
        type="date"
        className="field__control calendar__date calendar__wide"
        aria-label={words.goTo}
        value={look.day}
        onChange={(event) => {
          if (event.target.value) change({ day: event.target.value });
        }}
      />
    </>
  );
}

function Title({ look }: Pick<ToolbarProps, "look">) {
  const words = useWords(calendarWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const [first, end] = daysOf(look);
  const of = (day: string) => at(zone, day, NOON);
  const isElsewhere = Intl.DateTimeFormat().resolvedOptions().timeZone !== zone.name;
  const titles = {
    day: () => formats.longDay(of(look.day)),
    week: () => formats.dayRange(of(first), of(addDays(end, -1))),
    agenda: () => formats.dayRange(of(first), of(addDays(end, -1))),
    month: () => formats.month(of(look.day)),
  };
  return (
    <div className="calendar__title">
      <h1>
        <span className="visually-hidden">{words.calendar}: </span>
        {titles[look.view]()}
      </h1>
      {isElsewhere && <span className="calendar__zone">{words.otherZone(zone.name.replaceAll("_", " "))}</span>}
    </div>
  );
}

function Rows() {
  const words = useWords(calendarWords);
  const { level, by } = useZoom();
  return (
    <div className="calendar__wide" role="group" aria-label={words.rows}>
      <IconButton
        label={words.lower}
        icon={<ZoomOut />}
        aria-keyshortcuts="-"
        disabled={level === 0}
        onClick={() => by(-1)}
      />
      <IconButton
        label={words.higher}
        icon={<ZoomIn />}
        aria-keyshortcuts="+"
        disabled={level === LEVELS.length - 1}
        onClick={() => by(1)}
      />
    </div>
  );
}
