import { Plus } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { Button, IconButton } from "../../components/Button";
import { Checkbox, TextField } from "../../components/Field";
import { InTheWay } from "../../components/inTheWay/InTheWay";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { RangesEditor } from "../../components/week/WeekEditor";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { problemsOf, withAnother, type Range } from "../../lib/hours/week";
import { useWords } from "../../lib/i18n/locale";
import { useSaveOverride } from "./requests/saveOverride";
import { staffWords } from "./words";

export function AddOverride({ staffId }: { readonly staffId: string }) {
  const words = useWords(staffWords);
  const save = useSaveOverride();
  const [date, setDate] = useState("");
  const [reason, setReason] = useState("");
  const [ranges, setRanges] = useState<readonly Range[]>(withAnother([]));
  const [isTried, setTried] = useState(false);
  const [inTheWay, setInTheWay] = useState<readonly Conflict[]>([]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (!date || problemsOf(ranges).some(Boolean)) return;
    save.mutate(
      { staffId, date, blocks: ranges, reason },
      {
        onSuccess: ({ conflicts }) => {
          if (conflicts.length === 0) toast({ kind: "done", text: words.saved });
          setInTheWay(conflicts);
          setDate("");
          setReason("");
          setTried(false);
        },
      },
    );
  };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <div className="form__row">
        <TextField
          label={words.date}
          type="date"
          value={date}
          error={isTried && !date ? words.needsDate : undefined}
          onChange={(event) => setDate(event.target.value)}
        />
        <TextField
          label={words.reason}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <Checkbox
        label={words.worksNot}
        checked={ranges.length === 0}
        onChange={(event) => setRanges(event.target.checked ? [] : withAnother([]))}
      />
      {ranges.length > 0 && (
        <div className="override-hours">
          <RangesEditor name={words.overrides} ranges={ranges} onChange={setRanges} />
          <IconButton label={words.addOverride} icon={<Plus />} onClick={() => setRanges(withAnother(ranges))} />
        </div>
      )}
      <FormError error={save.error} />
      <div>
        <Button type="submit" icon={<Plus />} isBusy={save.isPending}>
          {words.addOverride}
        </Button>
      </div>
      <InTheWay conflicts={inTheWay} onClose={() => setInTheWay([])} />
    </form>
  );
}
