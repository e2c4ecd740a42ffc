/** Everything that the calendar shows of a range: appointments, staff, services, working hours. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { openTime, type OpenStaff } from "../../lib/catalogue/openTime";
import { services, type Service } from "../../lib/catalogue/services";
import { staff, type StaffMember } from "../../lib/catalogue/staff";
import type { Range } from "../../lib/live/cachedRange";
import type { State } from "../../lib/live/liveCalendar";
import { useAhead, withChanges } from "./ahead";
import type { Appointment } from "./readRange";
import { useLiveRange } from "./useLiveRange";

export interface CalendarData {
  readonly state: State;
  /** Why there is nothing to show. */
  readonly error: unknown;
  readonly isReady: boolean;
  readonly appointments: readonly Appointment[];
  readonly staff: readonly StaffMember[];
  readonly services: readonly Service[];
  /** Undefined while it is not known. */
  readonly open: readonly OpenStaff[] | undefined;
  readonly refresh: () => void;
}

const NONE: readonly never[] = [];

export function useCalendar(range: Range): CalendarData {
  const { told, state, error, refresh } = useLiveRange(range);
  const changes = useAhead((ahead) => ahead.changes);
  const appointments = useMemo(() => withChanges(told ?? NONE, changes), [told, changes]);
  const everybody = useQuery(staff);
  const catalogue = useQuery(services);
  const { data: open, isLoading: isOpenUnknown } = useQuery(openTime(range));
  return {
    state,
    error: error ?? everybody.error ?? catalogue.error,
    // Working hours decide how much of a day is shown: rows would jump if they came later.
    isReady: Boolean(told && everybody.data && catalogue.data) && !isOpenUnknown,
    appointments,
    staff: everybody.data ?? NONE,
    services: catalogue.data ?? NONE,
    open,
    refresh,
  };
}
