import type { StaffMember } from "../../../lib/catalogue/staff";
import { useWords } from "../../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../../lib/time/business";
import { at } from "../../../lib/time/zone";
import type { Appointment } from "../readRange";
import { printWords } from "./words";

const NOON = 720; // minutes

interface WeekTableProps {
  readonly staff: readonly StaffMember[];
  readonly days: ReadonlyMap<string, readonly Appointment[]>;
}

/** A row for each person, a column for each day. */
export function WeekTable({ staff, days }: WeekTableProps) {
  const words = useWords(printWords);
  const zone = useBusinessZone();
  const formats = useFormats();
  return (
    <table className="sheet__table sheet__week">
      <thead>
        <tr>
          <th scope="col">{words.staff}</th>
          {[...days.keys()].map((date) => (
            <th key={date} scope="col">
              {formats.day(at(zone, date, NOON))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {staff.map(({ id, name }) => (
          <tr key={id}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            {[...days].map(([date, here]) => (
              <td key={date}>
                {here
                  .filter(({ staffId }) => staffId === id)
                  .map((each) => (
                    <Cell key={each.id} appointment={each} />
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ appointment }: { readonly appointment: Appointment }) {
  const formats = useFormats();
  const { start, customer, serviceName } = appointment;
  return (
    <p className="sheet__cell">
      <strong className="sheet__time">{formats.time(new Date(start))}</strong>{" "}
      <bdi>{customer?.name ?? serviceName}</bdi>
      {customer && (
        <small>
          <bdi>{serviceName}</bdi>
        </small>
      )}
    </p>
  );
}
