import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "../../components/Button";
import { InTheWay } from "../../components/inTheWay/InTheWay";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { WeekEditor } from "../../components/week/WeekEditor";
import type { Shape } from "../../lib/api/client";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { blocksOf, datedBlocks, isSound, weekOf } from "../../lib/hours/week";
import { useWords } from "../../lib/i18n/locale";
import { useSaveHours } from "../../lib/requests/saveHours";
import { hoursQuery } from "./requests/readHours";
import { staffWords } from "./words";

export function Hours({ staffId }: { readonly staffId: string }) {
  const words = useWords(staffWords);
  const query = useQuery(hoursQuery(staffId));
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  return (
    <Section title={words.hours}>
      <Loaded query={query} lines={7}>
        {(hours) => <HoursEditor key={hours.revision} hours={hours} onSaved={setConflicts} />}
      </Loaded>
      <InTheWay conflicts={conflicts} onClose={() => setConflicts([])} />
    </Section>
  );
}

interface HoursEditorProps {
  readonly hours: Shape<"WeeklyHours">;
  readonly onSaved: (conflicts: readonly Conflict[]) => void;
}

function HoursEditor({ hours, onSaved }: HoursEditorProps) {
  const words = useWords(staffWords);
  const [week, setWeek] = useState(() => weekOf(hours.blocks));
  const save = useSaveHours();
  const dated = datedBlocks(hours.blocks);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isSound(week)) return;
    save.mutate(
      { staffId: hours.staffId, revision: hours.revision, blocks: [...blocksOf(week), ...dated] },
      {
        onSuccess: ({ conflicts }) => {
          if (conflicts.length === 0) toast({ kind: "done", text: words.saved });
          onSaved(conflicts);
        },
      },
    );
  };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <WeekEditor week={week} onChange={setWeek} />
      {dated.length > 0 && <p className="field__hint">{words.datedHours(dated.length)}</p>}
      <FormError error={save.error} />
      <div className="form__actions">
        <Button type="submit" kind="primary" isBusy={save.isPending}>
          {words.saveHours}
        </Button>
      </div>
    </form>
  );
}
