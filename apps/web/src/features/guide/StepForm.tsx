import { useEffect, useRef, type SubmitEventHandler, type ReactNode } from "react";
import { Button } from "../../components/Button";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { guideWords } from "./words";

interface StepFormProps {
  readonly title: string;
  readonly lead: string;
  readonly error: unknown;
  readonly isBusy: boolean;
  /** What the button that goes on says, where it is not just "continue". */
  readonly next?: string;
  readonly onBack?: (() => void) | undefined;
  readonly onSubmit: SubmitEventHandler<HTMLFormElement>;
  readonly children: ReactNode;
}

/** What every step has: a heading, which has the focus when it comes up, and the ways on and back. */
export function StepForm({ title, lead, error, isBusy, next, onBack, onSubmit, children }: StepFormProps) {
  const words = useWords(guideWords);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <form className="section guide-step" noValidate onSubmit={onSubmit}>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p className="page__lead">{lead}</p>
      </div>
      {children}
      <FormError error={error} />
      <div className="form__actions guide-step__actions">
        {onBack && (
          <Button kind="quiet" onClick={onBack}>
            {words.back}
          </Button>
        )}
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {isBusy ? words.saving : (next ?? words.next)}
        </Button>
      </div>
    </form>
  );
}
