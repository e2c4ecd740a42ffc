import type { Service } from "../../../lib/catalogue/services";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { useBusinessZone } from "../../../lib/time/business";
import { at, dayOf } from "../../../lib/time/zone";
import type { Moves } from "../useMove";
import { EditAppointment } from "./EditAppointment";
import { NewAppointment, type Draft } from "./NewAppointment";

const QUARTER = 15 * 60_000;
const MORNING = 540; // 09:00

interface EditorProps extends Moves {
  /** `new` for one that is about to be. */
  readonly id: string;
  readonly draft: Draft | undefined;
  /** The day that is looked at. */
  readonly day: string;
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
  readonly onClose: () => void;
}

export function Editor({ id, draft, day, services, staff, onClose, ...moves }: EditorProps) {
  const zone = useBusinessZone();
  if (id !== "new") return <EditAppointment {...moves} {...{ id, services, staff, onClose }} />;
  const now = new Date();
  const soon = new Date(Math.ceil(now.getTime() / QUARTER) * QUARTER);
  const start = day === dayOf(zone, now) ? soon : at(zone, day, MORNING);
  return <NewAppointment draft={draft ?? { start, staffId: undefined }} {...{ services, staff, onClose }} />;
}
