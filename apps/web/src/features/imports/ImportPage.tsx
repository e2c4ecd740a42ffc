import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams } from "react-router";
import { Badge } from "../../components/Badge";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { Progress } from "./Progress";
import { importQuery } from "./requests/readImport";
import { Rows } from "./Rows";
import { isAtWork, kindOf, STATE_TONES, stateWord } from "./states";
import { importsWords } from "./words";

/** One import: what is to become of its rows, how far it has come, and what became of them. */
export default function ImportPage() {
  const words = useWords(importsWords);
  const { id = "" } = useParams();
  const query = useQuery(importQuery(id));
  const made = query.data;
  useNews(made?.state);
  return (
    <Page
      title={made ? words.importOf(words[kindOf(made.kind)]) : words.title}
      back={{ to: "/imports", label: words.back }}
      actions={made && <Badge tone={STATE_TONES[made.state]}>{words[stateWord(made.state)]}</Badge>}
    >
      <Loaded query={query} lines={6}>
        {(found) => (
          <>
            <Progress made={found} />
            <Rows made={found} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** When it is done, everything else that was read may be other now. */
function useNews(state: Shape<"ImportState"> | undefined): void {
  const queries = useQueryClient();
  const isDone = state !== undefined && state !== "checked" && !isAtWork(state);
  useEffect(() => {
    if (!isDone) return;
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "imports" && queryKey[0] !== "me" });
  }, [isDone, queries]);
}
