import { useLocale, useWords } from "../../lib/i18n/locale";
import { DAYS, minutesOf, shownHours, type Range, type Week } from "../../lib/hours/week";
import { weekday } from "../../lib/time/weekdays";
import { weekWords } from "./words";
import "./week.css";

/** A week at a glance: a column for each day, filled where somebody works. */
export function WeekPicture({ week }: { readonly week: Week }) {
  const locale = useLocale();
  const words = useWords(weekWords);
  const { from, to } = shownHours(week);
  const hours = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const said = DAYS.map((day) => {
    const ranges = week[day].map(rangeText).join(", ");
    return words.dayHours(weekday(locale, day), ranges || words.closed);
  });
  return (
    <div className="week-picture" role="img" aria-label={`${words.picture}. ${said.join(". ")}`}>
      <div className="week-picture__hours">
        {hours.map((hour) => (
          <span key={hour} style={{ insetBlockStart: share(hour * 60, from, to) }}>
            {String(hour).padStart(2, "0")}
          </span>
        ))}
      </div>
      {DAYS.map((day) => (
        <div key={day} className="week-picture__day">
          <span className="week-picture__name">{weekday(locale, day, "short")}</span>
          <div className="week-picture__column">
            {week[day].map((range, at) => (
              <span key={at} className="week-picture__range" style={placed(range, from, to)} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

export function rangeText(range: Range): string {
  return `${range.start}–${range.end}`;
}

function placed(range: Range, from: number, to: number) {
  const [start, end] = [minutesOf(range.start), minutesOf(range.end)];
  return { insetBlockStart: share(start, from, to), blockSize: share(from * 60 + Math.max(0, end - start), from, to) };
}

function share(minutes: number, from: number, to: number): string {
  return `${((minutes - from * 60) / ((to - from) * 60)) * 100}%`;
}
