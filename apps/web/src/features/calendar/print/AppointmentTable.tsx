import { useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import type { Appointment } from "../readRange";
import { calendarWords } from "../words";
import { printWords } from "./words";

interface AppointmentTableProps {
  readonly appointments: readonly Appointment[];
  /** Of one person, who need not be named in every line. */
  readonly isOnes?: boolean;
}

/** A line for each, with what whoever gives it has to know. */
export function AppointmentTable({ appointments, isOnes = false }: AppointmentTableProps) {
  const words = useWords(printWords);
  if (appointments.length === 0) return <p>{words.nothing}</p>;
  return (
    <table className="sheet__table">
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.service}</th>
          {!isOnes && <th scope="col">{words.staff}</th>}
          <th scope="col">{words.notes}</th>
        </tr>
      </thead>
      <tbody>
        {appointments.map((each) => (
          <Line key={each.id} appointment={each} isOnes={isOnes} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ appointment, isOnes }: { readonly appointment: Appointment; readonly isOnes: boolean }) {
  const words = useWords(calendarWords);
  const formats = useFormats();
  const { start, end, customer, serviceName, staffName, status, notes } = appointment;
  return (
    <tr>
      <td className="sheet__time">{formats.timeRange(new Date(start), new Date(end))}</td>
      <td>
        <bdi>{customer?.name}</bdi>
        {customer?.phone && (
          <>
            <br />
            <bdi dir="ltr">{customer.phone}</bdi>
          </>
        )}
      </td>
      <td>
        <bdi>{serviceName}</bdi>
        {status !== "CONFIRMED" && <em> ({words[status]})</em>}
      </td>
      {!isOnes && (
        <td>
          <bdi>{staffName}</bdi>
        </td>
      )}
      <td dir="auto">{notes}</td>
    </tr>
  );
}
