import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../../components/Button";
import { TextArea } from "../../../components/Field";
import { FormError } from "../../../components/states";
import { toast } from "../../../components/toasts";
import { useWords } from "../../../lib/i18n/locale";
import { changeAppointment } from "../changeAppointment";
import type { Appointment } from "../readRange";
import { editorWords } from "./words";

export function Notes({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(editorWords);
  const client = useQueryClient();
  const [notes, setNotes] = useState(appointment.notes);
  const save = useMutation({
    mutationFn: () => changeAppointment(appointment.id, { notes }, appointment.revision),
    onSuccess: () => toast({ kind: "done", text: words.saved }),
    onSettled: () => client.invalidateQueries({ queryKey: ["appointment", appointment.id] }),
  });
  return (
    <section>
      <FormError error={save.error} />
      <TextArea
        label={words.notes}
        hint={words.notesHint}
        value={notes}
        onChange={(event) => setNotes(event.target.value)}
      />
      {notes !== appointment.notes && (
        <div className="form__actions">
          <Button kind="primary" isBusy={save.isPending} onClick={() => save.mutate()}>
            {words.save}
          </Button>
        </div>
      )}
    </section>
  );
}
