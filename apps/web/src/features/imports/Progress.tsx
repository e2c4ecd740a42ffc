import { Check, Undo2 } from "lucide-react";
import { useId } from "react";
import { Button } from "../../components/Button";
import { Section } from "../../components/Page";
import { Confirmed } from "../../components/saving/Confirmed";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import "./imports.css";
import { useApplyImport } from "./requests/applyImport";
import type { Import } from "./requests/listImports";
import { useUndoImport } from "./requests/undoImport";
import { ACTIONS, isAtWork, OUTCOMES, toWrite } from "./states";
import { importsWords } from "./words";

/** How many rows are to become what, or became what; and what to do next. */
export function Progress({ made }: { readonly made: Import }) {
  const words = useWords(importsWords);
  const counts = made.state === "checked" ? made.actions : made.outcomes;
  const shown = [...ACTIONS, ...OUTCOMES].filter((each) => (counts[each] ?? 0) > 0);
  return (
    <Section title={words.counts}>
      {shown.length > 0 && (
        <dl className="facts">
          {shown.map((each) => (
            <div key={each}>
              <dt>{words[each]}</dt>
              <dd>{counts[each]}</dd>
            </div>
          ))}
        </dl>
      )}
      {made.ignoredColumns.length > 0 && (
        <p className="field__hint" dir="auto">
          {words.ignored(made.ignoredColumns.join(", "))}
        </p>
      )}
      {isAtWork(made.state) && <Bar made={made} />}
      {made.state === "checked" && <Apply made={made} />}
      {made.state === "applied" && <Undo made={made} />}
    </Section>
  );
}

function Bar({ made }: { readonly made: Import }) {
  const words = useWords(importsWords);
  const id = useId();
  return (
    <div className="import-progress">
      <label htmlFor={id}>{words.progress(made.done, made.total)}</label>
      <progress id={id} max={made.total} value={made.done} />
    </div>
  );
}

function Apply({ made }: { readonly made: Import }) {
  const words = useWords(importsWords);
  const apply = useApplyImport();
  const count = toWrite(made.actions);
  if (count === 0) return <p>{words.nothingToWrite}</p>;
  return (
    <>
      <p>{words.notYet}</p>
      <FormError error={apply.error} />
      <div>
        <Button kind="primary" icon={<Check />} isBusy={apply.isPending} onClick={() => apply.mutate(made.id)}>
          {words.apply(count)}
        </Button>
      </div>
    </>
  );
}

function Undo({ made }: { readonly made: Import }) {
  const words = useWords(importsWords);
  const undo = useUndoImport();
  if (!made.outcomes["added"]) return null;
  return (
    <div>
      <Confirmed
        title={words.undoTitle}
        text={words.undoLead}
        act={words.undo}
        doing={undo}
        onConfirm={() => undo.mutate(made.id)}
      >
        {(ask) => (
          <Button icon={<Undo2 />} onClick={ask}>
            {words.undo}
          </Button>
        )}
      </Confirmed>
    </div>
  );
}
