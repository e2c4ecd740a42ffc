import { useCallback, useMemo, useState } from "react";
import { Link } from "react-router";
import { DeclineDialog } from "../../components/cancel/DeclineDialog";
import { EmptyState, ErrorState, SkeletonList } from "../../components/states";
import type { StaffMember } from "../../lib/catalogue/staff";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone } from "../../lib/time/business";
import { Agenda } from "./Agenda";
import "./calendar.css";
import { Decisions, useDecisions } from "./decisions";
import { Editor } from "./editor/Editor";
import type { Draft } from "./editor/NewAppointment";
import { filtered } from "./entries";
import { Grid, type GridProps } from "./Grid";
import { KnownTimes } from "./Known";
import { PrintSheet } from "./print/PrintSheet";
import { usePrinting } from "./print/usePrinting";
import { useHandMove } from "./series/useHandMove";
import { WhichOnes } from "./series/WhichOnes";
import { Sidebar } from "./Sidebar";
import { Toolbar } from "./Toolbar";
import { useCalendar, type CalendarData } from "./useCalendar";
import { useMove } from "./useMove";
import { useShortcuts } from "./useShortcuts";
import { useView, type Look } from "./useView";
import { daysOf, rangeOf } from "./visible";
import { calendarWords } from "./words";

const MOST_IN_A_WEEK = 6;

export default function CalendarPage() {
  const [look, change] = useView();
  const zone = useBusinessZone();
  const data = useCalendar(useMemo(() => rangeOf(zone, look), [zone, look]));
  const { appointments, staff, services, open, refresh } = data;
  const known = useMemo(() => ({ appointments, open }), [appointments, open]);
  const [isSidebarOpen, setSidebarOpen] = useState(() => matchMedia("(min-width: 1100px)").matches);
  const [draft, setDraft] = useState<Draft>();
  const moves = useMove(refresh);
  const { drop, dropped, onAnswered } = useHandMove(moves.move);
  const { decide, declining, onDecided } = useDecisions(refresh);
  const onOpen = useCallback((appointment: string) => change({ appointment }), [change]);
  const onNew = useCallback(
    (begun?: Draft) => {
      setDraft(begun);
      onOpen("new");
    },
    [onOpen],
  );
  useShortcuts({ look, change, onNew });
  return (
    <KnownTimes.Provider value={known}>
      <div className="calendar">
        <Toolbar
          {...{ look, change, isSidebarOpen, onNew }}
          state={data.state}
          onSidebar={() => setSidebarOpen(!isSidebarOpen)}
        />
        {isSidebarOpen && <Sidebar {...{ look, change, staff, services }} />}
        <div className="calendar__body">
          <Decisions.Provider value={decide}>
            <Body data={data} {...{ look, change, onOpen, onNew }} move={drop} />
          </Decisions.Provider>
        </div>
        {data.isReady && look.appointment && (
          <Editor
            key={look.appointment}
            {...moves}
            {...{ draft, services, staff }}
            id={look.appointment}
            day={look.day}
            onClose={() => change({ appointment: undefined })}
          />
        )}
        <Printed look={look} data={data} />
        {dropped && <WhichOnes {...moves} {...{ dropped, staff, onAnswered }} />}
        {declining && <DeclineDialog appointment={declining} onKeep={onDecided} onDone={onDecided} />}
      </div>
    </KnownTimes.Provider>
  );
}

type BodyProps = Pick<GridProps, "look" | "change" | "move" | "onOpen" | "onNew"> & {
  readonly data: CalendarData;
};

function Body({ data, ...rest }: BodyProps) {
  const { look, onOpen } = rest;
  const { toWall } = useBusinessZone();
  const shown = useMemo(() => filtered(data.appointments, look), [data.appointments, look]);
  const columns = useMemo(
    () => wanted(data.staff, look).slice(0, look.view === "week" ? MOST_IN_A_WEEK : undefined),
    [data.staff, look],
  );
  if (data.error) return <ErrorState error={data.error} onRetry={data.refresh} />;
  if (!data.isReady) return <SkeletonList lines={8} />;
  if (data.staff.length === 0) return <NoStaff />;
  if (look.view === "agenda") return <Agenda appointments={inDays(shown, look, toWall)} onOpen={onOpen} />;
  return <Grid {...rest} view={look.view} columns={columns} appointments={shown} open={data.open} />;
}

function NoStaff() {
  const words = useWords(calendarWords);
  return (
    <EmptyState title={words.noStaff} action={<Link to="/staff/new">{words.addStaff}</Link>}>
      {words.noStaffHint}
    </EmptyState>
  );
}

function Printed({ look, data }: { readonly look: Look; readonly data: CalendarData }) {
  const isPrinting = usePrinting();
  if (!isPrinting || !data.isReady) return null;
  return <PrintSheet look={look} staff={wanted(data.staff, look)} appointments={filtered(data.appointments, look)} />;
}

function wanted(everybody: readonly StaffMember[], { staff }: Look): readonly StaffMember[] {
  return staff.length === 0 ? everybody : everybody.filter(({ id }) => staff.includes(id));
}

/** Those that begin on the days that are looked at: more is read. */
function inDays<Item extends { readonly start: string }>(
  all: readonly Item[],
  look: Look,
  toWall: (instant: Date) => number,
): readonly Item[] {
  const [first, end] = daysOf(look).map((day) => Date.parse(`${day}T00:00:00Z`));
  const begins = (item: Item) => toWall(new Date(item.start));
  return all.filter((item) => begins(item) >= (first ?? 0) && begins(item) < (end ?? 0));
}
