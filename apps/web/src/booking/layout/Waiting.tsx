import { useWords } from "../i18n/messages";

/** Grey bars where something is on its way; `lines`: how many. */
export function Waiting({ lines = 3, label }: { readonly lines?: number; readonly label?: string }) {
  const words = useWords();
  return (
    <div className="waiting" role="status">
      <span className="hidden">{label ?? words.loading}</span>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} className="bar" />
      ))}
    </div>
  );
}
