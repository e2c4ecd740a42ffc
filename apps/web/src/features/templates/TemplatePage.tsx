import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { Badge } from "../../components/Badge";
import { Select } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import type { Shape } from "../../lib/api/client";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { CHANNELS, FOR_GUESTS, FOR_YOU } from "./kinds";
import { languageOf } from "./path";
import { templatesQuery, type Template } from "./requests/listTemplates";
import { TemplateEditor } from "./TemplateEditor";
import "./templates.css";
import { templatesWords } from "./words";

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "العربية" },
];

/** The words of one kind of message; by which way and in which language stands in the address. */
export default function TemplatePage() {
  const words = useWords(templatesWords);
  const spoken = useLocale();
  const { kind: named } = useParams();
  const [params, setParams] = useSearchParams();
  const query = useQuery(templatesQuery);
  const [resets, setResets] = useState(0);
  const kind = [...FOR_GUESTS, ...FOR_YOU].find((each) => each === named);
  const wanted = { channel: params.get("channel") ?? "email", locale: languageOf(params.get("locale") ?? spoken) };
  const choose = (change: Partial<typeof wanted>) => setParams({ ...wanted, ...change }, { replace: true });
  const found = query.data?.find(
    (each) => each.kind === kind && each.channel === wanted.channel && each.locale === wanted.locale,
  );
  return (
    <Page
      title={kind ? words[kind] : words.title}
      back={{ to: "/templates", label: words.back }}
      actions={
        found && <Badge tone={found.isOwn ? "accent" : "plain"}>{found.isOwn ? words.own : words.standard}</Badge>
      }
    >
      <Loaded query={query} lines={8}>
        {(templates) =>
          found ? (
            <>
              <div className="template__which">
                <Select
                  label={words.channel}
                  value={found.channel}
                  choices={channelsOf(templates, found.kind).map((each) => ({ value: each, label: words[each] }))}
                  onChange={(event) => choose({ channel: event.target.value })}
                />
                <Select
                  label={words.locale}
                  value={found.locale}
                  choices={LANGUAGES}
                  onChange={(event) => choose({ locale: languageOf(event.target.value) })}
                />
              </div>
              <TemplateEditor
                key={`${found.kind} ${found.channel} ${found.locale} ${resets}`}
                template={found}
                onReset={() => setResets(resets + 1)}
              />
            </>
          ) : (
            <EmptyState title={words.notFound} />
          )
        }
      </Loaded>
    </Page>
  );
}

function channelsOf(templates: readonly Template[], kind: Shape<"Kind">): readonly Shape<"Channel">[] {
  return CHANNELS.filter((channel) => templates.some((each) => each.kind === kind && each.channel === channel));
}
