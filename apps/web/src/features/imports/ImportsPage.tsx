import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { Badge } from "../../components/Badge";
import { Loaded } from "../../components/Loaded";
import { More } from "../../components/More";
import { Page, Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { NewImport } from "./NewImport";
import { importsQuery, type Import } from "./requests/listImports";
import { kindOf, STATE_TONES, stateWord } from "./states";
import { TakeOut } from "./TakeOut";
import { importsWords } from "./words";

/** Files in and out, and what was brought in before. */
export default function ImportsPage() {
  const words = useWords(importsWords);
  const query = useInfiniteQuery(importsQuery);
  return (
    <Page title={words.title} lead={words.lead} back={{ to: "/settings", label: words.settings }}>
      <NewImport />
      <Section title={words.earlier}>
        <Loaded query={query} lines={2}>
          {({ pages }) => {
            const imports = pages.flatMap((page) => page.items);
            if (imports.length === 0) return <p className="field__hint">{words.noEarlier}</p>;
            return (
              <ul className="rows">
                {imports.map((made) => (
                  <ImportRow key={made.id} made={made} />
                ))}
              </ul>
            );
          }}
        </Loaded>
        <More query={query} />
      </Section>
      <TakeOut />
    </Page>
  );
}

function ImportRow({ made }: { readonly made: Import }) {
  const words = useWords(importsWords);
  const formats = useFormats();
  return (
    <li>
      <div className="rows__main">
        <Link to={`/imports/${made.id}`}>{words[kindOf(made.kind)]}</Link>
        <p className="rows__more">
          {formats.moment(new Date(made.createdAt))} · {words.rowsOf(made.total)}
        </p>
      </div>
      <Badge tone={STATE_TONES[made.state]}>{words[stateWord(made.state)]}</Badge>
    </li>
  );
}
