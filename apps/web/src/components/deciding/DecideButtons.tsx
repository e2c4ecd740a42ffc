import { Check, X } from "lucide-react";
import { useWords } from "../../lib/i18n/locale";
import { Button } from "../Button";
import "./decideButtons.css";
import { decidingWords } from "./words";

interface DecideButtonsProps {
  /** Whose it is. */
  readonly name: string;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
  readonly onDecline: () => void;
}

/** Deciding on what is pending, in a list. */
export function DecideButtons({ name, isBusy = false, onConfirm, onDecline }: DecideButtonsProps) {
  const words = useWords(decidingWords);
  return (
    <div className="decide-buttons">
      <Button icon={<Check />} isBusy={isBusy} aria-label={words.confirmThis(name)} onClick={onConfirm}>
        {words.confirm}
      </Button>
      <Button kind="quiet" icon={<X />} aria-label={words.declineThis(name)} onClick={onDecline}>
        {words.decline}
      </Button>
    </div>
  );
}
