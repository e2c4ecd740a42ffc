import { useFormats } from "../i18n/messages";
import { cityOf, differ, ownZone } from "../time/zones";

interface Props {
  readonly start: string;
  /** Of the business. */
  readonly timezone: string;
}

/** A moment there, and here where the clocks differ. */
export function When({ start, timezone }: Props) {
  const { moment, beside } = useFormats();
  const own = ownZone();
  if (!differ(new Date(start), own, timezone)) return <p className="when">{moment(start, timezone)}</p>;
  return (
    <>
      <p className="when">{beside(moment(start, timezone), cityOf(timezone))}</p>
      <p className="quiet">{beside(moment(start, own), cityOf(own))}</p>
    </>
  );
}
