import { useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { useCancelSession } from "./requests/cancelSession";
import type { SessionWithSeats } from "./requests/readSession";
import { classesWords } from "./words";

interface CancelClassProps {
  readonly session: SessionWithSeats;
  readonly onClose: () => void;
}

export function CancelClass({ session, onClose }: CancelClassProps) {
  const words = useWords(classesWords);
  const navigate = useNavigate();
  const cancel = useCancelSession();
  const [reason, setReason] = useState("");
  const confirmed = () =>
    cancel.mutate(
      { id: session.id, reason: reason.trim() },
      {
        onSuccess: () => {
          toast({ kind: "done", text: words.cancelled });
          void navigate("/classes");
        },
      },
    );
  return (
    <Dialog
      title={words.cancelClassTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.keep}</Button>
          <Button kind="danger" isBusy={cancel.isPending} onClick={confirmed}>
            {words.cancelClass}
          </Button>
        </>
      }
    >
      <div className="form">
        <p>{words.cancelClassLead(session.seatsTaken)}</p>
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <FormError error={cancel.error} />
      </div>
    </Dialog>
  );
}
