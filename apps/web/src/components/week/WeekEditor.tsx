import { Copy, Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { useLocale, useWords } from "../../lib/i18n/locale";
import {
  DAYS,
  copied,
  problemsOf,
  withAnother,
  type Day,
  type Range,
  type RangeProblem,
  type Week,
} from "../../lib/hours/week";
import { weekday } from "../../lib/time/weekdays";
import { IconButton } from "../Button";
import { WeekPicture, rangeText } from "./WeekPicture";
import { weekWords } from "./words";
import "./week.css";

export interface WeekEditorProps {
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

/** The hours of each day as times to write, and beside them the week that they make. */
export function WeekEditor({ week, onChange }: WeekEditorProps) {
  return (
    <div className="week-editor">
      <div className="week-editor__days">
        {DAYS.map((day) => (
          <DayEditor
            key={day}
            day={day}
            ranges={week[day]}
            onChange={(ranges) => onChange({ ...week, [day]: ranges })}
            onCopy={() =>
              onChange(
                copied(
                  week,
                  day,
                  DAYS.filter((other) => week[other].length > 0),
                ),
              )
            }
          />
        ))}
      </div>
      <WeekPicture week={week} />
    </div>
  );
}

interface DayEditorProps {
  readonly day: Day;
  readonly ranges: readonly Range[];
  readonly onChange: (ranges: readonly Range[]) => void;
  readonly onCopy: () => void;
}

function DayEditor({ day, ranges, onChange, onCopy }: DayEditorProps) {
  const name = weekday(useLocale(), day);
  const words = useWords(weekWords);
  const isOpen = ranges.length > 0;
  return (
    <fieldset className="week-editor__day">
      <legend className="visually-hidden">{name}</legend>
      <label className="checkbox week-editor__name">
        <input
          type="checkbox"
          checked={isOpen}
          aria-label={words.works(name)}
          onChange={(event) => onChange(event.target.checked ? withAnother([]) : [])}
        />
        <span>{name}</span>
      </label>
      {isOpen ? (
        <RangesEditor name={name} ranges={ranges} onChange={onChange} />
      ) : (
        <p className="week-editor__closed">{words.closed}</p>
      )}
      {isOpen && (
        <div className="week-editor__tools">
          <IconButton label={words.add(name)} icon={<Plus />} onClick={() => onChange(withAnother(ranges))} />
          <IconButton label={words.copy(name)} icon={<Copy />} onClick={onCopy} />
        </div>
      )}
    </fieldset>
  );
}

export interface RangesEditorProps {
  /** What they are the hours of, for those who do not see it. */
  readonly name: string;
  readonly ranges: readonly Range[];
  readonly onChange: (ranges: readonly Range[]) => void;
}

/** The hours of one day. */
export function RangesEditor({ name, ranges, onChange }: RangesEditorProps) {
  const problems = problemsOf(ranges);
  return (
    <div className="week-editor__ranges">
      {ranges.map((range, at) => (
        <RangeEditor
          key={at}
          name={name}
          range={range}
          problem={problems[at]}
          onChange={(changed) => onChange(ranges.map((each, index) => (index === at ? changed : each)))}
          onRemove={() => onChange(ranges.filter((_, index) => index !== at))}
        />
      ))}
    </div>
  );
}

interface RangeEditorProps {
  readonly name: string;
  readonly range: Range;
  readonly problem: RangeProblem | undefined;
  readonly onChange: (range: Range) => void;
  readonly onRemove: () => void;
}

function RangeEditor({ name, range, problem, onChange, onRemove }: RangeEditorProps) {
  const words = useWords(weekWords);
  const id = useId();
  const described = problem ? { "aria-invalid": true, "aria-describedby": id } : {};
  return (
    <div className="week-editor__range">
      <TimeInput
        label={words.from(name)}
        value={range.start}
        {...described}
        onChange={(start) => onChange({ ...range, start })}
      />
      <span aria-hidden="true">–</span>
      <TimeInput
        label={words.to(name)}
        value={range.end === "24:00" ? "00:00" : range.end}
        {...described}
        onChange={(end) => onChange({ ...range, end: end === "00:00" ? "24:00" : end })}
      />
      <IconButton label={words.remove(name, rangeText(range))} icon={<Trash2 />} onClick={onRemove} />
      {problem && (
        <p id={id} className="field__error week-editor__problem">
          {words[problem]}
        </p>
      )}
    </div>
  );
}

interface TimeInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TimeInput({ label, value, onChange, ...described }: TimeInputProps) {
  return (
    <input
      type="time"
      className="field__control week-editor__time"
      aria-label={label}
      value={value}
      required
      {...described}
      onChange={(event) => {
        if (event.target.value) onChange(event.target.value.slice(0, 5));
      }}
    />
  );
}
