import "./charts.css";

export interface Share {
  readonly id: string;
  readonly name: string;
  /** Of one; undefined where there is nothing that it could be a share of. */
  readonly share: number | undefined;
  /** What it is made of, in words. */
  readonly detail: string;
}

interface SharesProps {
  readonly title: string;
  readonly columns: Readonly<Record<"name" | "share" | "detail", string>>;
  readonly shares: readonly Share[];
  readonly format: (share: number) => string;
}

/** A bar for each: a table in which one column is drawn, too. */
export function Shares({ title, columns, shares, format }: SharesProps) {
  return (
    <table className="chart__table chart__table--shares">
      <caption className="visually-hidden">{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.share}</th>
          <th scope="col">{columns.detail}</th>
        </tr>
      </thead>
      <tbody>
        {shares.map(({ id, name, share, detail }) => (
          <tr key={id}>
            <th scope="row" dir="auto">
              {name}
            </th>
            <td>
              <span className="chart__share">
                <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="chart__ground" width={100} height={1} />
                  <rect className="chart__bar chart__bar--accent" width={100 * Math.min(1, share ?? 0)} height={1} />
                </svg>
                {share === undefined ? "–" : format(share)}
              </span>
            </td>
            <td className="chart__detail">{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
