import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useWords } from "../lib/i18n/locale";
import { IconButton } from "./Button";
import "./dialog.css";
import { componentWords } from "./words";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What to do at its end, always in sight. */
  readonly actions?: ReactNode;
  /** `drawer`: at the side, beside what it is about; on a phone from below. */
  readonly kind?: "dialog" | "drawer";
}

/** Open as long as it is rendered. The browser's own modal keeps the focus in it, and gives it back at the end. */
export function Dialog({ title, onClose, children, actions, kind = "dialog" }: DialogProps) {
  const words = useWords(componentWords);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    // Escape is the key for what pressing outside does.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={dialog}
      className={`dialog dialog--${kind}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="dialog__content">
        <header className="dialog__header">
          <h2 id={id} dir="auto">
            {title}
          </h2>
          <IconButton label={words.close} icon={<X />} onClick={onClose} />
        </header>
        <div className="dialog__body">{children}</div>
        {actions && <footer className="dialog__actions">{actions}</footer>}
      </div>
    </dialog>
  );
}

export function Drawer(props: Omit<DialogProps, "kind">) {
  return <Dialog {...props} kind="drawer" />;
}
