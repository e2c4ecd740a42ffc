import { useQuery } from "@tanstack/react-query";
import { Shares } from "../../components/charts/Shares";
import { Loaded } from "../../components/Loaded";
import { openTime } from "../../lib/catalogue/openTime";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { formatTag } from "../../lib/i18n/words";
import { staffQuery } from "../../lib/requests/listStaff";
import { Figure } from "./Figure";
import { occupancy } from "./figures";
import { reportQuery, type Within } from "./requests/readReport";
import { homeWords } from "./words";

const HOUR = 60; // minutes

/** How much of the time in which each works was booked. */
export function Occupancy({ within }: { readonly within: Within }) {
  const words = useWords(homeWords);
  const locale = useLocale();
  const report = useQuery(reportQuery(within));
  const open = useQuery(openTime({ start: new Date(within.rangeStart), end: new Date(within.rangeEnd) }));
  const staff = useQuery(staffQuery);
  const percent = new Intl.NumberFormat(formatTag(locale), { style: "percent" });
  const hours = new Intl.NumberFormat(formatTag(locale), {
    style: "unit",
    unit: "hour",
    unitDisplay: "narrow",
    maximumFractionDigits: 1,
  });
  return (
    <Figure title={words.occupancy}>
      <Loaded query={report} lines={3}>
        {(found) => (
          <Loaded query={open} lines={3}>
            {(working) => {
              const people = occupancy(staff.data ?? [], working, found);
              if (people.length === 0) return <p className="field__hint">{words.nobodyWorks}</p>;
              return (
                <Shares
                  title={words.occupancy}
                  columns={{ name: words.person, share: words.occupancy, detail: words.bookedOf }}
                  format={(share) => percent.format(share)}
                  shares={people.map(({ booked, open: has, ...one }) => ({
                    ...one,
                    detail: words.ofTime(hours.format(booked / HOUR), hours.format(has / HOUR)),
                  }))}
                />
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Figure>
  );
}
