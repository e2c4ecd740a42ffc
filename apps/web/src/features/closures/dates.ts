import { useBusinessZone, useFormats } from "../../lib/time/business";
import { at } from "../../lib/time/zone";

const NOON = 720; // minutes: on its date, whatever clocks do

/** Local dates in words, both inclusive: the day itself where there is only one. */
export function useDateRange(): (startDate: string, endDate: string) => string {
  const zone = useBusinessZone();
  const formats = useFormats();
  return (startDate, endDate) => {
    const [start, end] = [at(zone, startDate, NOON), at(zone, endDate, NOON)];
    return startDate === endDate ? formats.longDay(start) : formats.dayRange(start, end);
  };
}
