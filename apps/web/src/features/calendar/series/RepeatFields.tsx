import { Checkbox, Select, TextField } from "../../../components/Field";
import "../../../components/series/scopes.css";
import { useLocale, useWords } from "../../../lib/i18n/locale";
import { weekday } from "../../../lib/time/weekdays";
import { EVERY, hasDays, MOST, weekdayOf, type Every, type Repeat } from "./rule";
import { seriesWords } from "./words";

interface RepeatFieldsProps {
  readonly repeat: Repeat;
  readonly write: (changed: Partial<Repeat>) => void;
  /** The date of the first. */
  readonly day: string;
}

/** Whether a new appointment repeats, on which days, and how often. */
export function RepeatFields({ repeat, write, day }: RepeatFieldsProps) {
  const words = useWords(seriesWords);
  const choices = EVERY.map((every) => ({ value: every, label: words[every] }));
  return (
    <>
      <Select
        label={words.repeats}
        value={repeat.every}
        choices={choices}
        onChange={(event) => write({ every: event.target.value as Every })}
      />
      {hasDays(repeat.every) && <Weekdays {...{ repeat, write, day }} />}
      {repeat.every !== "never" && <End {...{ repeat, write, day }} />}
    </>
  );
}

function Weekdays({ repeat, write, day }: RepeatFieldsProps) {
  const words = useWords(seriesWords);
  const locale = useLocale();
  const first = weekdayOf(day);
  const toggle = (each: number) =>
    repeat.days.includes(each) ? repeat.days.filter((other) => other !== each) : [...repeat.days, each];
  return (
    <fieldset className="scopes scopes--beside">
      <legend className="field__label">{words.onDays}</legend>
      {[1, 2, 3, 4, 5, 6, 7].map((each) => (
        <Checkbox
          key={each}
          label={weekday(locale, each, "short")}
          checked={each === first || repeat.days.includes(each)}
          disabled={each === first}
          onChange={() => write({ days: toggle(each) })}
        />
      ))}
    </fieldset>
  );
}

function End({ repeat, write, day }: RepeatFieldsProps) {
  const words = useWords(seriesWords);
  return (
    <div className="form__row">
      <Select
        label={words.ends}
        value={repeat.ends}
        choices={[
          { value: "count", label: words.afterTimes },
          { value: "until", label: words.onDate },
        ]}
        onChange={(event) => write({ ends: event.target.value as Repeat["ends"] })}
      />
      {repeat.ends === "count" ? (
        <TextField
          label={words.times}
          type="number"
          inputMode="numeric"
          min={2}
          max={MOST}
          value={Number.isNaN(repeat.count) ? "" : repeat.count}
          onChange={(event) => write({ count: event.target.valueAsNumber })}
        />
      ) : (
        <TextField
          label={words.lastDate}
          type="date"
          min={day}
          value={repeat.until}
          onChange={(event) => write({ until: event.target.value })}
        />
      )}
    </div>
  );
}
