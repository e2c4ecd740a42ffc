import { useState, type ReactNode } from "react";
import { Confirm } from "./Confirm";

interface ConfirmedProps {
  readonly title: string;
  readonly text: string;
  /** What is done when it is confirmed. */
  readonly act: string;
  /** The doing of it. */
  readonly doing: { readonly error: unknown; readonly isPending: boolean };
  readonly onConfirm: (close: () => void) => void;
  /** The button that asks. */
  readonly children: (ask: () => void) => ReactNode;
}

/** A button before something that cannot be taken back, and the question. */
export function Confirmed({ title, text, act, doing, onConfirm, children }: ConfirmedProps) {
  const [isAsked, setAsked] = useState(false);
  const close = () => setAsked(false);
  return (
    <>
      {children(() => setAsked(true))}
      {isAsked && (
        <Confirm
          title={title}
          text={text}
          act={act}
          error={doing.error}
          isBusy={doing.isPending}
          onConfirm={() => onConfirm(close)}
          onClose={close}
        />
      )}
    </>
  );
}
