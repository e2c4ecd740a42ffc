/** Time off as it is written: by the wall clock of the business. */

import { minutesOf } from "../../lib/hours/week";
import { addDays, at, type Zone } from "../../lib/time/zone";
import type { NewTimeOff } from "./requests/addTimeOff";

export interface TimeOffForm {
  isWholeDays: boolean;
  startDate: string;
  startTime: string;
  /** Of whole days the last of them. */
  endDate: string;
  endTime: string;
  isWeekly: boolean;
  reason: string;
}

/** The body of the request; null when it ends before it starts, or says no date. */
export function timeOffOf(form: TimeOffForm, staffId: string, zone: Zone): NewTimeOff | null {
  if (!form.startDate || !form.endDate) return null;
  const start = at(zone, form.startDate, form.isWholeDays ? 0 : minutesOf(form.startTime));
  const end = form.isWholeDays ? at(zone, addDays(form.endDate, 1)) : at(zone, form.endDate, minutesOf(form.endTime));
  if (end <= start) return null;
  return {
    staffId,
    start: start.toISOString(),
    end: end.toISOString(),
    reason: form.reason.trim(),
    weekly: form.isWeekly ? { until: null } : null,
  };
}
