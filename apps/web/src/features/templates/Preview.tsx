import { Skeleton, ErrorState } from "../../components/states";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { MailFrame } from "./MailFrame";
import { templatesWords } from "./words";

interface PreviewProps {
  /** The last that could be filled in. */
  readonly written: Shape<"PreviewOut"> | undefined;
  readonly error: unknown;
  /** Whether it is the words that are wrong. */
  readonly isFlawed: boolean;
  readonly onRetry: () => unknown;
}

export function Preview({ written, error, isFlawed, onRetry }: PreviewProps) {
  const words = useWords(templatesWords);
  if (error && !isFlawed) return <ErrorState error={error} onRetry={() => void onRetry()} />;
  return (
    <div className="preview">
      <p className="field__error" role="status">
        {isFlawed ? words.mend : ""}
      </p>
      {written ? <Written written={written} /> : <Skeleton height="320px" />}
    </div>
  );
}

function Written({ written }: { readonly written: Shape<"PreviewOut"> }) {
  const words = useWords(templatesWords);
  const { subject, html, text } = written;
  if (html === null) {
    return (
      <p className="preview__bubble" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <>
      <p className="preview__subject" dir="auto">
        {subject}
      </p>
      <MailFrame title={words.preview} html={html} />
      <details>
        <summary>{words.plainText}</summary>
        <p className="preview__text" dir="auto">
          {text}
        </p>
      </details>
    </>
  );
}
