import { useState, type SyntheticEvent } from "react";
import { Button } from "../../../components/Button";
import { focusAtOnce } from "../../../components/focusAtOnce";
import { Checkbox, TextField } from "../../../components/Field";
import { FormError } from "../../../components/states";
import { useWords } from "../../../lib/i18n/locale";
import type { Appointment } from "../readRange";
import { ScopeChoice } from "../series/ScopeChoice";
import { GivenBack } from "./GivenBack";
import { useCancel, type Why } from "./useCancel";
import { cancelWords } from "./words";

interface CancelFormProps {
  readonly appointment: Appointment;
  readonly onKeep: () => void;
  readonly onDone: () => void;
}

/** Why it is cancelled, at whose wish, and what follows from that: it cannot be taken back. */
export function CancelForm({ appointment, onKeep, onDone }: CancelFormProps) {
  const words = useWords(cancelWords);
  const cancel = useCancel(appointment);
  const [why, setWhy] = useState<Why>({ reason: "", isAsked: false, scope: "this" });
  const write = (changed: Partial<Why>) => setWhy((before) => ({ ...before, ...changed }));
  const isOne = !appointment.seriesId || why.scope === "this";
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    cancel.mutate({ ...why, reason: why.reason.trim() }, { onSuccess: onDone });
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
          {appointment.status === "PENDING" ? words.decline : words.cancel}
        </Button>
      </div>
    </form>
  );
}
