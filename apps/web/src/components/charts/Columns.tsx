import { useId } from "react";
import { useWords } from "../../lib/i18n/locale";
import "./charts.css";
import { chartWords } from "./words";

export interface Series {
  readonly name: string;
  readonly tone: "accent" | "sun" | "bad" | "plain";
  /** One for each column. */
  readonly values: readonly number[];
}

interface ColumnsProps {
  readonly title: string;
  /** What a column is, such as a day. */
  readonly unit: string;
  readonly labels: readonly string[];
  /** Above each other in every column, the first below. */
  readonly series: readonly Series[];
  readonly format?: (value: number) => string;
}

const GAP = 0.14; // of a column's width, on either side

/** Columns in a row, as in time; the same as a table, for who would rather read it. */
export function Columns({ title, unit, labels, series, format = String }: ColumnsProps) {
  const most = Math.max(1, ...labels.map((_, at) => total(series, at)));
  const id = useId();
  const [first, middle, last] = [labels[0], labels[Math.floor(labels.length / 2)], labels.at(-1)];
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id} className="visually-hidden">
        {title}
      </figcaption>
      {series.length > 1 && <Legend series={series} />}
      <div className="chart__plot" aria-hidden="true">
        <span className="chart__most">{format(most)}</span>
        <svg viewBox={`0 0 ${labels.length} ${most}`} preserveAspectRatio="none">
          {labels.map((label, at) => (
            <Column key={label} at={at} most={most} series={series} said={said(label, series, at, format)} />
          ))}
        </svg>
      </div>
      <p className="chart__axis" aria-hidden="true">
        <span>{first}</span>
        {labels.length > 2 && <span>{middle}</span>}
        {labels.length > 1 && <span>{last}</span>}
      </p>
      <AsTable title={title} unit={unit} labels={labels} series={series} format={format} />
    </figure>
  );
}

interface ColumnProps {
  readonly at: number;
  readonly most: number;
  readonly series: readonly Series[];
  readonly said: string;
}

function Column({ at, most, series, said }: ColumnProps) {
  return (
    <g>
      <title>{said}</title>
      <rect className="chart__hover" x={at} y={0} width={1} height={most} />
      {series.map(({ name, tone, values }, order) => {
        const height = values[at] ?? 0;
        const below = total(series.slice(0, order), at);
        return (
          <rect
            key={name}
            className={`chart__bar chart__bar--${tone}`}
            x={at + GAP}
            y={most - below - height}
            width={1 - 2 * GAP}
            height={height}
          />
        );
      })}
    </g>
  );
}

function Legend({ series }: Pick<ColumnsProps, "series">) {
  return (
    <ul className="chart__legend" role="list" aria-hidden="true">
      {series.map(({ name, tone }) => (
        <li key={name}>
          <svg viewBox="0 0 1 1">
            <rect className={`chart__bar chart__bar--${tone}`} width={1} height={1} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function AsTable({ title, unit, labels, series, format = String }: ColumnsProps) {
  const words = useWords(chartWords);
  return (
    <details className="chart__more">
      <summary>{words.asTable}</summary>
      <table className="chart__table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, at) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {series.map(({ name, values }) => (
                <td key={name}>{format(values[at] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function total(series: readonly Series[], at: number): number {
  return series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0);
}

function said(label: string, series: readonly Series[], at: number, format: (value: number) => string): string {
  return `${label}: ${series.map(({ name, values }) => `${name} ${format(values[at] ?? 0)}`).join(", ")}`;
}
