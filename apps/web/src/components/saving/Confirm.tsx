import { useWords } from "../../lib/i18n/locale";
import { Button } from "../Button";
import { Dialog } from "../Dialog";
import { FormError } from "../states";
import { savingWords } from "./words";

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** What is done when it is confirmed. */
  readonly act: string;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Before something that cannot be taken back. */
export function Confirm({ title, text, act, error, isBusy, onConfirm, onClose }: ConfirmProps) {
  const words = useWords(savingWords);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="danger" isBusy={isBusy} onClick={onConfirm}>
            {act}
          </Button>
        </>
      }
    >
      <p dir="auto">{text}</p>
      <FormError error={error} />
    </Dialog>
  );
}
