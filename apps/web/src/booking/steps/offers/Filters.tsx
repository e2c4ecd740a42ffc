/** Search and filters, where there is enough to search in. */

import type { ReactNode } from "react";
import type { Service } from "../../api/types";
import { useFormats, useWords } from "../../i18n/messages";
import { durationOf, MIDDLING, SHORT, specializationsOf, type Duration, type Filter } from "./offers";

const FEW = 5; // services that are seen at a glance

interface Props {
  readonly services: readonly Service[];
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

export function Filters({ services, filter, onChange }: Props) {
  const words = useWords();
  const specializations = specializationsOf(services);
  if (services.length <= FEW) return null;
  return (
    <div className="filters" role="search">
      <label className="grow">
        <span className="hidden">{words.searchServices}</span>
        <input
          type="search"
          placeholder={words.searchServices}
          value={filter.search}
          onChange={({ target }) => {
            onChange({ ...filter, search: target.value });
          }}
        />
      </label>
      <Durations services={services} filter={filter} onChange={onChange} />
      {specializations.length > 1 && (
        <Choice
          label={words.specialization}
          value={filter.specialization}
          onChange={(specialization) => {
            onChange({ ...filter, specialization });
          }}
        >
          <option value="">{words.anySpecialization}</option>
          {specializations.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Choice>
      )}
    </div>
  );
}

function Durations({ services, filter, onChange }: Props) {
  const words = useWords();
  const { minutes } = useFormats();
  const there = new Set(services.map(durationOf));
  if (there.size < 2) return null;
  return (
    <Choice
      label={words.duration}
      value={filter.duration}
      onChange={(duration) => {
        onChange({ ...filter, duration: duration as Duration });
      }}
    >
      <option value="any">{words.anyDuration}</option>
      {there.has("short") && <option value="short">{words.upTo(minutes(SHORT))}</option>}
      {there.has("middling") && <option value="middling">{words.between(minutes(SHORT), minutes(MIDDLING))}</option>}
      {there.has("long") && <option value="long">{words.longer(minutes(MIDDLING))}</option>}
    </Choice>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label>
      <span className="hidden">{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      >
        {children}
      </select>
    </label>
  );
}
