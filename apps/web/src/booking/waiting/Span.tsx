import { useId } from "react";
import { useWords } from "../i18n/messages";

/** Both included. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

interface Props {
  readonly dates: Dates;
  /** No date before this. */
  readonly first: string;
  readonly onChange: (dates: Dates) => void;
}

/** From which day to which. */
export function Span({ dates, first, onChange }: Props) {
  const words = useWords();
  const id = useId();
  const isWrong = dates.to < dates.from;
  return (
    <div className="field">
      <div className="two-fields">
        <label>
          {words.waitFrom}
          <input
            type="date"
            required
            min={first}
            value={dates.from}
            onChange={({ target }) => {
              if (target.value) onChange({ ...dates, from: target.value });
            }}
          />
        </label>
        <label>
          {words.waitTo}
          <input
            type="date"
            required
            min={dates.from}
            value={dates.to}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? id : undefined}
            onChange={({ target }) => {
              if (target.value) onChange({ ...dates, to: target.value });
            }}
          />
        </label>
      </div>
      {isWrong && (
        <p id={id} className="error" role="alert">
          {words.waitSpan}
        </p>
      )}
    </div>
  );
}
