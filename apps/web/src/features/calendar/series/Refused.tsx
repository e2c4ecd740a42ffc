import { sentence } from "../../../lib/conflicts/conflicts";
import { useLocale, useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import type { Refusal } from "./refused";
import "./series.css";
import { seriesWords } from "./words";

/** Every time of a series that cannot be had, and why. */
export function Refused({ refused }: { readonly refused: readonly Refusal[] }) {
  const words = useWords(seriesWords);
  const formats = useFormats();
  const locale = useLocale();
  return (
    <div className="refused" role="alert">
      <p>{words.inTheWay(refused.length)}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <ul role="list" tabIndex={0}>
        {refused.map(({ start, conflicts }) => (
          <li key={start}>
            {formats.moment(new Date(start))}:{" "}
            {conflicts.slice(0, 1).map((conflict) => sentence(conflict, formats, locale))}
          </li>
        ))}
      </ul>
    </div>
  );
}
