import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../../components/Button";
import { customerOf, type Chosen } from "../../../components/customerPicker/chosen";
import { CustomerPicker } from "../../../components/customerPicker/CustomerPicker";
import { FormError } from "../../../components/states";
import { isProblem } from "../../../lib/api/problem";
import { useWords } from "../../../lib/i18n/locale";
import { useAhead } from "../ahead";
import { changeAppointment } from "../changeAppointment";
import type { Appointment } from "../readRange";
import { editorWords } from "./words";

/** Giving it to another customer. What a guest booked is theirs: the link to it, and what was paid. */
export function ChangeCustomer({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(editorWords);
  const [isOpen, setOpen] = useState(false);
  if (appointment.source === "public") return null;
  if (isOpen) return <CustomerForm appointment={appointment} onClose={() => setOpen(false)} />;
  return <Button onClick={() => setOpen(true)}>{words.changeCustomer}</Button>;
}

function CustomerForm({ appointment, onClose }: { readonly appointment: Appointment; readonly onClose: () => void }) {
  const words = useWords(editorWords);
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>();
  const save = useMutation({
    mutationFn: (to: Chosen) => changeAppointment(appointment.id, customerOf(to), appointment.revision),
    onSuccess: (changed) => {
      useAhead.getState().settle(changed);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["appointment", appointment.id] }),
  });
  const wrong = (field: string) => (isProblem(save.error) ? save.error.at(`/customer/${field}`) : undefined);
  return (
    <div className="form">
      <FormError error={save.error} />
      <CustomerPicker chosen={chosen} choose={setChosen} wrong={wrong} />
      <p className="field__hint">{words.changeCustomerHint}</p>
      <div className="form__actions">
        <Button onClick={onClose}>{words.leaveIt}</Button>
        <Button kind="primary" isBusy={save.isPending} disabled={!chosen} onClick={() => chosen && save.mutate(chosen)}>
          {words.save}
        </Button>
      </div>
    </div>
  );
}
