import type { StaffMember } from "../../../lib/catalogue/staff";
import { useMe } from "../../../lib/session/me";
import { useBusinessZone, useFormats } from "../../../lib/time/business";
import { addDays, at } from "../../../lib/time/zone";
import type { Appointment } from "../readRange";
import type { Look } from "../useView";
import { daysOf } from "../visible";
import { AppointmentTable } from "./AppointmentTable";
import "./print.css";
import { byDate, datesOf } from "./sheets";
import { WeekTable } from "./WeekTable";

const NOON = 720; // minutes

interface PrintSheetProps {
  readonly look: Look;
  readonly staff: readonly StaffMember[];
  readonly appointments: readonly Appointment[];
}

/** What is printed instead of the screen: a day has a page for each person, a week is one table, the rest a list of days. */
export function PrintSheet({ look, staff, appointments }: PrintSheetProps) {
  const zone = useBusinessZone();
  const days = byDate(appointments, datesOf(look), zone);
  if (look.view === "day") return <People {...{ look, staff }} appointments={days.get(look.day) ?? []} />;
  return (
    <article className={`sheet ${look.view === "week" ? "sheet--wide" : ""}`}>
      <Heading look={look} />
      {look.view === "week" ? <WeekTable {...{ staff, days }} /> : <Days days={days} />}
    </article>
  );
}

function People({ look, staff, appointments }: PrintSheetProps) {
  return (
    <article className="sheet">
      {staff.map(({ id, name }) => (
        <section key={id} className="sheet__page">
          <Heading look={look} />
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <AppointmentTable appointments={appointments.filter(({ staffId }) => staffId === id)} isOnes />
        </section>
      ))}
    </article>
  );
}

function Days({ days }: { readonly days: ReadonlyMap<string, readonly Appointment[]> }) {
  const zone = useBusinessZone();
  const formats = useFormats();
  return [...days]
    .filter(([, here]) => here.length > 0)
    .map(([date, here]) => (
      <section key={date}>
        <h2>{formats.longDay(at(zone, date, NOON))}</h2>
        <AppointmentTable appointments={here} />
      </section>
    ));
}

function Heading({ look }: Pick<PrintSheetProps, "look">) {
  const { business } = useMe();
  const zone = useBusinessZone();
  const formats = useFormats();
  const [first, end] = daysOf(look);
  const of = (day: string) => at(zone, day, NOON);
  return (
    <header className="sheet__heading">
      <span>
        {look.view === "day" ? formats.longDay(of(first)) : formats.dayRange(of(first), of(addDays(end, -1)))}
      </span>
      <bdi>{business.name}</bdi>
    </header>
  );
}
