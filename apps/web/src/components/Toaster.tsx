import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useWords } from "../lib/i18n/locale";
import { Button, IconButton } from "./Button";
import "./toaster.css";
import { useToasts, type Toast } from "./toasts";
import { componentWords } from "./words";

/** Where toasts are shown; once in a document. */
export function Toaster() {
  const shown = useToasts((toasts) => toasts.shown);
  const words = useWords(componentWords);
  return (
    <section ref={makeRoom} className="toaster no-print" aria-label={words.news} aria-live="polite">
      {shown.map((toast) => (
        <Shown key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

/** Says to the styles how high it is, so that nothing is below it for good: what is scrolled can be scrolled clear of it. */
function makeRoom(section: HTMLElement): () => void {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    style.setProperty("--toasts", `${section.offsetHeight}px`);
    const focused = document.activeElement;
    if (focused?.matches(":focus-visible")) focused.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  observer.observe(section);
  return () => {
    observer.disconnect();
    style.removeProperty("--toasts");
  };
}

function Shown({ toast }: { readonly toast: Toast }) {
  const dismiss = useToasts((toasts) => toasts.dismiss);
  const words = useWords(componentWords);
  return (
    <div className={`toast toast--${toast.kind}`} role={toast.kind === "failed" ? "alert" : "status"}>
      {toast.kind === "failed" ? <CircleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
      <div className="toast__text">
        <p dir="auto">{toast.text}</p>
        {toast.detail && (
          <p className="toast__detail" dir="auto">
            {toast.detail}
          </p>
        )}
      </div>
      {toast.action && (
        <Button
          kind="secondary"
          onClick={() => {
            dismiss(toast.id);
            toast.action?.act();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton label={words.close} icon={<X />} onClick={() => dismiss(toast.id)} />
    </div>
  );
}
