import type { ReactNode } from "react";
import { useWords } from "../../lib/i18n/locale";
import { Button } from "../Button";
import { FormError } from "../states";
import { savingWords } from "./words";
import "../page.css";

interface SaveBarProps {
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly isChanged: boolean;
  /** What else can be done with what is shown. */
  readonly extra?: ReactNode;
}

/** At the end of a form: what is wrong with it, and its saving. */
export function SaveBar({ error, isBusy, isChanged, extra }: SaveBarProps) {
  const words = useWords(savingWords);
  return (
    <div className="savebar">
      <FormError error={error} />
      <span className="savebar__said" role="status">
        {isChanged ? words.unsaved : ""}
      </span>
      {extra}
      <Button type="submit" kind="primary" isBusy={isBusy}>
        {isBusy ? words.saving : words.save}
      </Button>
    </div>
  );
}
