import { Dialog } from "../../../components/Dialog";
import { useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import { titleOf } from "../entries";
import type { Appointment } from "../readRange";
import { CancelForm } from "./CancelForm";
import { cancelWords } from "./words";

interface CancelDialogProps {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}

/** Declining one that is pending, where it is shown. */
export function CancelDialog({ appointment, onClose }: CancelDialogProps) {
  const words = useWords(cancelWords);
  const formats = useFormats();
  return (
    <Dialog title={words.declineThis(titleOf(appointment))} onClose={onClose}>
      <div className="form">
        <p>{formats.moment(new Date(appointment.start))}</p>
        <CancelForm appointment={appointment} onKeep={onClose} onDone={onClose} />
      </div>
    </Dialog>
  );
}
