import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "../../components/Badge";
import { Select } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { More } from "../../components/More";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { Import } from "./requests/listImports";
import { rowsQuery, type Action, type Row } from "./requests/listRows";
import { ACTIONS, FATE_TONES } from "./states";
import { importsWords } from "./words";

/** Row by row: what is to become of it or became of it, and what is wrong with it. */
export function Rows({ made }: { readonly made: Import }) {
  const words = useWords(importsWords);
  const [action, setAction] = useState<Action | undefined>(made.actions["error"] ? "error" : undefined);
  const query = useInfiniteQuery(rowsQuery(made.id, made.state, action));
  return (
    <Section title={words.rows}>
      <div className="import-rows__filter">
        <Select
          label={words.show}
          value={action ?? ""}
          choices={[{ value: "", label: words.all }, ...ACTIONS.map((each) => ({ value: each, label: words[each] }))]}
          onChange={(event) => setAction(ACTIONS.find((each) => each === event.target.value))}
        />
      </div>
      <Loaded query={query} lines={6}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (rows.length === 0) return <p className="field__hint">{words.noRows}</p>;
          return (
            <ul className="rows">
              {rows.map((row) => (
                <RowLine key={row.line} row={row} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <More query={query} />
    </Section>
  );
}

function RowLine({ row }: { readonly row: Row }) {
  const words = useWords(importsWords);
  const fate = row.outcome ?? row.action;
  return (
    <li>
      <span className="rows__number">{words.line(row.line)}</span>
      <div className="rows__main">
        {row.problems.map(({ column, detail }) => (
          <p key={`${column} ${detail}`} className="rows__more">
            <bdi>{column ?? words.wholeRow}</bdi>: <bdi dir="ltr">{detail}</bdi>
          </p>
        ))}
      </div>
      <Badge tone={FATE_TONES[fate]}>{words[fate]}</Badge>
    </li>
  );
}
