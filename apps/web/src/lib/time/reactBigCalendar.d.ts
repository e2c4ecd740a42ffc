/** What `@types/react-big-calendar` does not describe. */
declare module "react-big-calendar/lib/utils/TimeSlots" {
  import type { DateLocalizer } from "react-big-calendar";

  interface SlotMetrics {
    closestSlotToPosition: (share: number) => Date;
    getRange: (start: Date, end: Date) => { top: number };
  }

  export function getSlotMetrics(of: {
    min: Date | undefined;
    max: Date | undefined;
    step: number;
    timeslots: number;
    localizer: DateLocalizer;
  }): SlotMetrics;
}
