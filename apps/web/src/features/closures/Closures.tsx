import { useQuery } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "../../components/Badge";
import { IconButton } from "../../components/Button";
import { InTheWay } from "../../components/inTheWay/InTheWay";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { useWords } from "../../lib/i18n/locale";
import { useDateRange } from "./dates";
import { AddClosure, EditClosure } from "./ClosureForms";
import { closuresQuery, type Closure } from "./requests/listClosures";
import { useRemoveClosure } from "./requests/removeClosure";
import { closuresWords } from "./words";

interface ClosuresProps {
  readonly today: string;
  readonly isEditable: boolean;
}

export function Closures({ today, isEditable }: ClosuresProps) {
  const words = useWords(closuresWords);
  const query = useQuery(closuresQuery(today));
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const [changing, setChanging] = useState<Closure>();
  return (
    <Section title={words.closures} lead={words.closuresLead}>
      <Loaded query={query} lines={3}>
        {(closures) =>
          closures.length === 0 ? (
            <p className="field__hint">{words.noClosures}</p>
          ) : (
            <ul className="rows">
              {closures.map((closure) => (
                <ClosureRow key={closure.id} closure={closure} onChange={isEditable ? setChanging : undefined} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isEditable && <AddClosure onSaved={setConflicts} />}
      {changing && <EditClosure closure={changing} onSaved={setConflicts} onClose={() => setChanging(undefined)} />}
      <InTheWay conflicts={conflicts} onClose={() => setConflicts([])} />
    </Section>
  );
}

interface ClosureRowProps {
  readonly closure: Closure;
  /** Undefined for those who only look at it. */
  readonly onChange: ((closure: Closure) => void) | undefined;
}

function ClosureRow({ closure, onChange }: ClosureRowProps) {
  const words = useWords(closuresWords);
  const dates = useDateRange()(closure.startDate, closure.endDate);
  const remove = useRemoveClosure();
  const what = `${closure.name}, ${dates}`;
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {closure.name}
        </p>
        <p className="rows__more">{dates}</p>
        <FormError error={remove.error} />
      </div>
      <div className="rows__end">
        {closure.estimated && <Badge tone="warn">{words.estimated}</Badge>}
        {onChange && (
          <>
            <IconButton label={words.change(what)} icon={<Pencil />} onClick={() => onChange(closure)} />
            <IconButton
              label={words.remove(what)}
              icon={<Trash2 />}
              isBusy={remove.isPending}
              onClick={() => remove.mutate(closure.id)}
            />
          </>
        )}
      </div>
    </li>
  );
}
