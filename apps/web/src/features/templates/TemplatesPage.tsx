import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { Link } from "react-router";
import { Badge } from "../../components/Badge";
import { Loaded } from "../../components/Loaded";
import { Page, Section } from "../../components/Page";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { CHANNELS, FOR_GUESTS, FOR_YOU } from "./kinds";
import { templatesQuery, type Template } from "./requests/listTemplates";
import { templatesWords } from "./words";

export default function TemplatesPage() {
  const words = useWords(templatesWords);
  const query = useQuery(templatesQuery);
  return (
    <Page title={words.title} lead={words.lead} back={{ to: "/settings", label: words.settings }}>
      <Loaded query={query} lines={12}>
        {(templates) => (
          <>
            <Kinds title={words.guests} kinds={FOR_GUESTS} templates={templates} />
            <Kinds title={words.you} kinds={FOR_YOU} templates={templates} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface KindsProps {
  readonly title: string;
  readonly kinds: readonly Shape<"Kind">[];
  readonly templates: readonly Template[];
}

function Kinds({ title, kinds, templates }: KindsProps) {
  const words = useWords(templatesWords);
  return (
    <Section title={title}>
      <ul className="rows">
        {kinds.map((kind) => {
          const own = templates.filter((each) => each.kind === kind);
          const channels = CHANNELS.filter((channel) => own.some((each) => each.channel === channel));
          return (
            <li key={kind}>
              <div className="rows__main">
                <Link to={`/templates/${kind}`}>{words[kind]}</Link>
                <p className="rows__more">{channels.map((channel) => words[channel]).join(" · ")}</p>
              </div>
              {own.some((each) => each.isOwn) && <Badge tone="accent">{words.own}</Badge>}
              <ChevronRight className="rows__further" aria-hidden="true" />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
