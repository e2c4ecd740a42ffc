import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Columns } from "../../components/charts/Columns";
import { Select } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { money } from "../../lib/time/format";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { addDays, at } from "../../lib/time/zone";
import { useMe } from "../../lib/session/me";
import { Figure } from "./Figure";
import { daysUntil, perDay } from "./figures";
import { Occupancy } from "./Occupancy";
import { depositsQuery } from "./requests/readDeposits";
import { reportQuery, type Within } from "./requests/readReport";
import { homeWords } from "./words";

const PERIODS = [7, 28, 90] as const; // days

/** How it has been going: bookings, who was busy, who did not come, deposits. */
export function Figures({ day }: { readonly day: string }) {
  const words = useWords(homeWords);
  const zone = useBusinessZone();
  const [period, setPeriod] = useState<number>(28);
  const dates = daysUntil(day, period);
  const within = {
    rangeStart: at(zone, dates[0] ?? day).toISOString(),
    rangeEnd: at(zone, addDays(day, 1)).toISOString(),
  };
  return (
    <section className="figures" aria-label={words.figures}>
      <header className="figures__header">
        <h2>{words.figures}</h2>
        <Select
          label={words.period}
          value={String(period)}
          choices={PERIODS.map((days) => ({ value: String(days), label: words.lastDays(days) }))}
          onChange={(event) => setPeriod(Number(event.target.value))}
        />
      </header>
      <div className="figures__grid">
        <Bookings dates={dates} within={within} />
        <Occupancy within={within} />
        <NoShows dates={dates} within={within} />
        <Deposits dates={dates} within={within} />
      </div>
    </section>
  );
}

interface ChartProps {
  readonly dates: readonly string[];
  readonly within: Within;
}

function Bookings({ dates, within }: ChartProps) {
  const words = useWords(homeWords);
  const labels = useDates(dates);
  const query = useQuery(reportQuery(within));
  const days = query.data?.days ?? [];
  const booked = perDay(dates, days, (one) => one.booked);
  const cancelled = perDay(dates, days, (one) => one.cancelled);
  return (
    <Figure title={words.bookings} sum={query.data && words.todayCount(sumOf(booked))}>
      <Loaded query={query} lines={3}>
        {() =>
          sumOf(booked) + sumOf(cancelled) === 0 ? (
            <p className="field__hint">{words.noBookings}</p>
          ) : (
            <Columns
              title={words.bookings}
              unit={words.date}
              labels={labels}
              series={[
                { name: words.booked, tone: "accent", values: booked },
                { name: words.cancelled, tone: "plain", values: cancelled },
              ]}
            />
          )
        }
      </Loaded>
    </Figure>
  );
}

function NoShows({ dates, within }: ChartProps) {
  const words = useWords(homeWords);
  const labels = useDates(dates);
  const query = useQuery(reportQuery(within));
  const days = query.data?.days ?? [];
  const missed = perDay(dates, days, (one) => one.noShows);
  const [count, all] = [sumOf(missed), sumOf(days.map((one) => one.booked))];
  return (
    <Figure title={words.noShows} sum={query.data && all > 0 ? words.noShowsOf(count, all) : undefined}>
      <Loaded query={query} lines={3}>
        {() =>
          count === 0 ? (
            <p className="field__hint">{all === 0 ? words.noBookings : words.noNoShows}</p>
          ) : (
            <Columns
              title={words.noShows}
              unit={words.date}
              labels={labels}
              series={[{ name: words.noShows, tone: "bad", values: missed }]}
            />
          )
        }
      </Loaded>
    </Figure>
  );
}

function Deposits({ dates, within }: ChartProps) {
  const words = useWords(homeWords);
  const locale = useLocale();
  const { business } = useMe();
  const labels = useDates(dates);
  const query = useQuery(depositsQuery(within));
  // What was taken in another currency, before the business had this one, is in the ledger alone.
  const days = (query.data?.days ?? []).filter(({ taken }) => taken.currency === business.currency);
  const taken = perDay(dates, days, (one) => one.taken.amount);
  const givenBack = perDay(dates, days, (one) => one.givenBack.amount);
  const format = (amount: number) => money({ amount, currency: business.currency }, locale);
  return (
    <Figure title={words.deposits} sum={days.length > 0 ? format(sumOf(taken) - sumOf(givenBack)) : undefined}>
      <Loaded query={query} lines={3}>
        {() =>
          days.length === 0 ? (
            <p className="field__hint">{words.noDeposits}</p>
          ) : (
            <Columns
              title={words.deposits}
              unit={words.date}
              labels={labels}
              format={format}
              series={[
                { name: words.taken, tone: "accent", values: taken },
                { name: words.givenBack, tone: "sun", values: givenBack },
              ]}
            />
          )
        }
      </Loaded>
    </Figure>
  );
}

/** `Tue 1 Dec` */
function useDates(dates: readonly string[]): string[] {
  const zone = useBusinessZone();
  const formats = useFormats();
  return dates.map((date) => formats.day(at(zone, date, NOON)));
}

const NOON = 12 * 60; // minutes: a date that no change of clocks moves

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
