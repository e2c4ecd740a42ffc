import { useState, type SyntheticEvent } from "react";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { Button } from "../Button";
import { decidingWords } from "../deciding/words";
import { Checkbox, TextField } from "../Field";
import { focusAtOnce } from "../focusAtOnce";
import { ScopeChoice } from "../series/ScopeChoice";
import { FormError } from "../states";
import { GivenBack } from "./GivenBack";
import { useCancel, type Why } from "./useCancel";
import { cancelWords } from "./words";

export interface CancelFormProps {
  readonly appointment: Shape<"AppointmentDetails">;
  readonly onKeep: () => void;
  /** `after`: as it is then, when it alone was meant. */
  readonly onDone: (after: Shape<"AppointmentDetails"> | undefined) => void;
}

/** Why it is cancelled, at whose wish, and what follows from that: it cannot be taken back. */
export function CancelForm({ appointment, onKeep, onDone }: CancelFormProps) {
  const words = useWords(cancelWords);
  const { decline } = useWords(decidingWords);
  const cancel = useCancel(appointment, onDone);
  const [why, setWhy] = useState<Why>({ reason: "", isAsked: false, scope: "this" });
  const write = (changed: Partial<Why>) => setWhy((before) => ({ ...before, ...changed }));
  const isOne = !appointment.seriesId || why.scope === "this";
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    cancel.mutate({ ...why, reason: why.reason.trim() });
  };
  return (
    <form className="form" onSubmit={submit}>
      <FormError error={cancel.error} />
      {appointment.seriesId && <ScopeChoice scope={why.scope} choose={(scope) => write({ scope })} />}
      <TextField
        ref={focusAtOnce}
        label={words.reason}
        maxLength={500}
        value={why.reason}
        onChange={(event) => write({ reason: event.target.value })}
      />
      {isOne && (
        <>
          <Checkbox
            label={words.asked}
            checked={why.isAsked}
            onChange={(event) => write({ isAsked: event.target.checked })}
          />
          <GivenBack appointment={appointment} isAsked={why.isAsked} />
        </>
      )}
      <div className="form__actions">
        <Button onClick={onKeep}>{words.keep}</Button>
        <Button type="submit" kind="danger" isBusy={cancel.isPending}>
          {appointment.status === "PENDING" ? decline : words.cancel}
        </Button>
      </div>
    </form>
  );
}
