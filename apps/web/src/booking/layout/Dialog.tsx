/** A dialog of the browser's own: it keeps the focus, and gives it back. */

import { useEffect, useId, useRef, type ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** Called by Escape; without it the dialog can only be left by what is in it. */
  readonly onClose?: () => void;
  readonly kind?: "dialog" | "sheet";
}

export function Dialog({ title, children, onClose, kind = "dialog" }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => {
      shown?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={kind}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault(); // or the site around the page would close, too
        onClose?.();
      }}
    >
      <h2 id={name}>{title}</h2>
      {children}
    </dialog>
  );
}
