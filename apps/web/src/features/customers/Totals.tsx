import type { Shape } from "../../lib/api/client";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { writtenMoney } from "../../lib/money/money";
import { customersWords } from "./words";

export function Totals({ totals }: { readonly totals: Shape<"Totals"> }) {
  const words = useWords(customersWords);
  const locale = useLocale();
  const spent = totals.spent.map((money) => writtenMoney(money, locale)).join(", ");
  const facts = [
    [words.visits, totals.visits],
    [words.upcoming, totals.upcoming],
    [words.noShows, totals.noShows],
    [words.cancelled, totals.cancelled],
    [words.spent, spent || words.nothing],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
