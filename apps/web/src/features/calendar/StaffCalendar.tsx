/** The grid of React Big Calendar: behind this component, so that it can be replaced. */

import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  type ComponentType,
  type RefObject,
  type SyntheticEvent,
} from "react";
import type { EventInteractionArgs } from "react-big-calendar/lib/addons/dragAndDrop";
import type { SlotInfo, View as GridView } from "react-big-calendar";
import "react-big-calendar/lib/addons/dragAndDrop/styles.css";
import "react-big-calendar/lib/css/react-big-calendar.css";
import type { OpenStaff } from "../../lib/catalogue/openTime";
import type { StaffMember } from "../../lib/catalogue/staff";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { directionOf, formatTag } from "../../lib/i18n/words";
import { useBusinessZone } from "../../lib/time/business";
import { at, dayOf } from "../../lib/time/zone";
import { zonedLocalizer } from "../../lib/time/zonedLocalizer";
import { DayColumn } from "./Column";
import { DragAndDropCalendar } from "./dragAndDrop";
import { isMovable, type Entry } from "./entries";
import { EventBody } from "./EventBody";
import "./grid.css";
import { useHighlights } from "./highlights";
import { installPinch } from "./pinch";
import type { Place } from "./place";
import { endOfGrid, isClosed } from "./shading";
import { installTouchDrag } from "./touchDrag";
import type { KeyboardMove } from "./useKeyboardMove";
import { calendarWords } from "./words";
import { useLevel, useZoom } from "./zoom";

const NOON = 720;

export interface StaffCalendarProps {
  readonly view: Exclude<GridView, "agenda" | "work_week">;
  readonly day: string;
  /** The columns; one without a name when there are none. */
  readonly staff: readonly StaffMember[];
  readonly entries: readonly Entry[];
  readonly open: readonly OpenStaff[];
  /** First and last minute of a day that are shown. */
  readonly hours: readonly [number, number];
  readonly keyboard: KeyboardMove;
  readonly onMove: (entry: Entry, to: Place) => void;
  readonly onOpen: (id: string) => void;
  readonly onChoose: (start: Date, end: Date, staffId: string | undefined) => void;
  readonly onDay: (day: string) => void;
}

/** Of stable identity: else every entry would be made anew at every change. */
const COMPONENTS = {
  event: EventBody,
  dayColumnWrapper: DayColumn as ComponentType,
  toolbar: () => null,
  header: ({ label }: { readonly label: string }) => <span>{label}</span>,
};

export function StaffCalendar(props: StaffCalendarProps) {
  const { view, day, staff, entries, open, hours, keyboard, onMove, onOpen, onChoose, onDay } = props;
  const zone = useBusinessZone();
  const locale = useLocale();
  const words = useWords(calendarWords);
  const localizer = useMemo(() => zonedLocalizer(zone, locale), [zone, locale]);
  const { step } = useLevel();
  const level = useZoom((zoom) => zoom.level);
  const [first, last] = hours;
  const root = useRef<HTMLDivElement>(null);
  useTouch(root);
  useKeptPlace(root, level);
  useNoTable(root);
  useWholeFocus(root);
  const drop = useCallback(
    ({ event, start, end, resourceId }: EventInteractionArgs<Entry>) =>
      onMove(event, { start: new Date(start), end: new Date(end), staffId: String(resourceId ?? event.staffId) }),
    [onMove],
  );
  const choose = useCallback(
    ({ start, end, resourceId }: SlotInfo) =>
      onChoose(start, end, resourceId === undefined ? undefined : String(resourceId)),
    [onChoose],
  );
  return (
    <div className="grid" data-zoom={level} ref={root}>
      <DragAndDropCalendar
        localizer={localizer}
        culture={formatTag(locale)}
        rtl={directionOf(locale) === "rtl"}
        view={view}
        onView={noChange}
        date={at(zone, day, NOON)}
        onNavigate={(instant: Date) => onDay(dayOf(zone, instant))}
        min={at(zone, day, first)}
        max={endOfGrid(zone, day, last)}
        getNow={() => new Date()}
        step={step}
        timeslots={60 / step}
        events={entries as Entry[]}
        {...(view === "month" ? {} : { resources: staff as StaffMember[] })}
        resourceIdAccessor="id"
        resourceTitleAccessor="name"
        resourceAccessor="staffId"
        titleAccessor="title"
        tooltipAccessor={null}
        draggableAccessor={canBeMoved}
        resizableAccessor={canBeResized}
        selectable
        resizable
        popup
        showMultiDayTimes
        dayLayoutAlgorithm="no-overlap"
        longPressThreshold={250}
        messages={{ showMore: words.more }}
        components={COMPONENTS}
        eventPropGetter={useEntryClass(keyboard.grabbed?.id)}
        slotPropGetter={useSlotClass(open, step)}
        onEventDrop={drop}
        onEventResize={drop}
        onSelectEvent={(entry) => onOpen(entry.id)}
        onSelectSlot={choose}
        onKeyPressEvent={keyboard.onKey as unknown as (entry: Entry, event: SyntheticEvent<HTMLElement>) => void}
      />
    </div>
  );
}

function useTouch(root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (!root.current) return undefined;
    const ends = [installTouchDrag(root.current), installPinch(root.current, useZoom.getState().by)];
    return () => ends.forEach((end) => end());
  }, [root]);
}

/** What was in sight stays so when the rows become higher or lower. */
function useKeptPlace(root: RefObject<HTMLDivElement | null>, level: number): void {
  const place = useRef(0);
  useEffect(() => {
    const node = root.current;
    const hear = ({ target }: Event) => {
      if (target instanceof Element) place.current = target.scrollTop / target.scrollHeight;
    };
    node?.addEventListener("scroll", hear, { capture: true, passive: true });
    return () => node?.removeEventListener("scroll", hear, { capture: true });
  }, [root]);
  useLayoutEffect(() => {
    const content = root.current?.querySelector(".rbc-time-content");
    if (content) content.scrollTop = place.current * content.scrollHeight;
  }, [root, level]);
}

/** The grid says that it is a table and leaves out half of one: screen readers are better off without. */
function useNoTable(root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const grid = root.current;
    if (!grid) return undefined;
    const tidy = () => {
      grid.querySelector("[role=table]")?.setAttribute("role", "group");
      grid.querySelector(".rbc-time-content")?.setAttribute("tabindex", "0"); // an empty day is scrolled by keys too
      for (const node of grid.querySelectorAll("[role=rowgroup], [role=row], [role=cell]"))
        node.removeAttribute("role");
    };
    // A month makes its rows once more when it has measured them.
    const observer = new MutationObserver(tidy);
    observer.observe(grid, { childList: true, subtree: true });
    tidy();
    return () => observer.disconnect();
  }, [root]);
}

/** What the keys reach is scrolled into sight as a whole: a browser is content with an edge of it. */
function useWholeFocus(root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const grid = root.current;
    const show = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.matches(".rbc-event:focus-visible"))
        target.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    grid?.addEventListener("focusin", show);
    return () => grid?.removeEventListener("focusin", show);
  }, [root]);
}

function useEntryClass(grabbed: string | undefined) {
  const { pulsing, clashing } = useHighlights();
  return useCallback(
    ({ id, appointment }: Entry) => ({
      className: [
        `rbc-event--${appointment.status.toLowerCase()}`,
        `hue-${hueOf(appointment.serviceId)}`,
        pulsing.has(id) ? "is-pulsing" : "",
        clashing.has(id) ? "is-clashing" : "",
        id === grabbed ? "is-grabbed" : "",
      ].join(" "),
    }),
    [pulsing, clashing, grabbed],
  );
}

function useSlotClass(open: readonly OpenStaff[], step: number) {
  return useCallback(
    (instant: Date, staffId?: number | string) =>
      isClosed(open, instant, step, staffId === undefined ? undefined : String(staffId))
        ? { className: "is-closed" }
        : {},
    [open, step],
  );
}

const HUES = 8;

/** One of a few colours, always the same for a service. */
function hueOf(id: string): number {
  return Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % HUES;
}

function canBeMoved({ appointment }: Entry): boolean {
  return isMovable(appointment);
}

/** A seat has the length of its session. */
function canBeResized({ appointment }: Entry): boolean {
  return isMovable(appointment) && !appointment.sessionId;
}

function noChange(): void {
  // The address says which view is shown.
}
