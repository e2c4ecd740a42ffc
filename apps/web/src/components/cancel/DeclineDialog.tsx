import { titleOf, who } from "../../lib/appointments/names";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { decidingWords } from "../deciding/words";
import { Dialog } from "../Dialog";
import { toast } from "../toasts";
import { CancelForm, type CancelFormProps } from "./CancelForm";

/** Declining one that is pending, where it is shown. */
export function DeclineDialog({ appointment, onKeep, onDone }: CancelFormProps) {
  const words = useWords(decidingWords);
  const formats = useFormats();
  return (
    <Dialog title={words.declineThis(titleOf(appointment))} onClose={onKeep}>
      <div className="form">
        <p>{formats.moment(new Date(appointment.start))}</p>
        <CancelForm
          appointment={appointment}
          onKeep={onKeep}
          onDone={(after) => {
            toast({ kind: "done", text: words.isDeclined(who(appointment)) });
            onDone(after);
          }}
        />
      </div>
    </Dialog>
  );
}
