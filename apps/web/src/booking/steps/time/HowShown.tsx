/** In which zone, by which clock, and for which part of the day times are shown. */

import type { Page } from "../../api/types";
import type { Choosing } from "../../flow/useFlow";
import { useWords } from "../../i18n/messages";
import type { PartOfDay } from "../../time/sections";
import { useZones } from "../../time/useZones";
import { cityOf } from "../../time/zones";

interface Props {
  readonly page: Page;
  readonly flow: Choosing;
  readonly part: PartOfDay;
  readonly onPart: (part: PartOfDay) => void;
}

export function HowShown({ page, flow, part, onPart }: Props) {
  const words = useWords();
  return (
    <div className="how">
      <ZoneSwitch page={page} flow={flow} />
      <div className="choices">
        <Radios
          legend={words.partOfDay}
          value={part}
          options={[
            ["all", words.allDay],
            ["morning", words.morning],
            ["afternoon", words.afternoon],
          ]}
          onChange={onPart}
        />
        <Clock flow={flow} />
      </div>
    </div>
  );
}

function ZoneSwitch({ page, flow }: Pick<Props, "page" | "flow">) {
  const words = useWords();
  const { shown, other } = useZones(page, flow.store);
  return (
    <p>
      {words.timesIn(cityOf(shown))}
      {other !== undefined && (
        <>
          {" · "}
          <button
            type="button"
            className="link"
            onClick={() => {
              flow.store.getState().show({ zone: other });
            }}
          >
            {words.showTimesIn(cityOf(other))}
          </button>
        </>
      )}
    </p>
  );
}

function Clock({ flow }: Pick<Props, "flow">) {
  const words = useWords();
  const chosen = flow.store((progress) => progress.hour12);
  const usual = new Intl.DateTimeFormat(document.documentElement.lang || "en", { hour: "numeric" }).resolvedOptions();
  const hour12 = chosen ?? usual.hour12 ?? false;
  return (
    <Radios
      legend={words.clock}
      value={hour12 ? "12" : "24"}
      options={[
        ["24", words.hours24],
        ["12", words.hours12],
      ]}
      onChange={(clock) => {
        flow.store.getState().show({ hour12: clock === "12" });
      }}
    />
  );
}

interface RadiosProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Radios<Value extends string>({ legend, value, options, onChange }: RadiosProps<Value>) {
  return (
    <fieldset className="radios">
      <legend className="hidden">{legend}</legend>
      {options.map(([each, says]) => (
        <label key={each}>
          <input
            type="radio"
            name={legend}
            checked={each === value}
            onChange={() => {
              onChange(each);
            }}
          />
          <span>{says}</span>
        </label>
      ))}
    </fieldset>
  );
}
