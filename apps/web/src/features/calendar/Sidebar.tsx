import { Checkbox, Select } from "../../components/Field";
import type { Service } from "../../lib/catalogue/services";
import { switched } from "../../lib/catalogue/shownStaff";
import type { StaffMember } from "../../lib/catalogue/staff";
import { useWords } from "../../lib/i18n/locale";
import type { Status } from "./readRange";
import type { Look } from "./useView";
import { calendarWords } from "./words";

const STATUSES: readonly Status[] = ["PENDING", "CONFIRMED", "COMPLETED", "NO_SHOW"];

export interface SidebarProps {
  readonly look: Look;
  readonly change: (changed: Partial<Look>) => void;
  readonly staff: readonly StaffMember[];
  readonly services: readonly Service[];
}

/** Whose columns are shown, and which appointments in them. */
export function Sidebar({ look, change, staff, services }: SidebarProps) {
  const words = useWords(calendarWords);
  const everybody = staff.map(({ id }) => id);
  return (
    <aside className="calendar__sidebar no-print" aria-label={words.showStaff}>
      <fieldset>
        <legend>{words.staff}</legend>
        <Checkbox label={words.allStaff} checked={look.staff.length === 0} onChange={() => change({ staff: [] })} />
        {staff.map((member) => (
          <Checkbox
            key={member.id}
            label={<bdi>{member.name}</bdi>}
            checked={look.staff.length === 0 || look.staff.includes(member.id)}
            onChange={() => change({ staff: switched(everybody, look.staff, member.id) })}
          />
        ))}
      </fieldset>
      <Select
        label={words.service}
        value={look.service ?? ""}
        choices={[
          { value: "", label: words.allServices },
          ...services.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => change({ service: event.target.value })}
      />
      <Select
        label={words.status}
        value={look.status ?? ""}
        choices={[
          { value: "", label: words.allStatuses },
          ...STATUSES.map((status) => ({ value: status, label: words[status as "PENDING"] })),
        ]}
        onChange={(event) => change({ status: event.target.value as Status })}
      />
    </aside>
  );
}
