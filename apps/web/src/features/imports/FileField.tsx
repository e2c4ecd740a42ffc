import { Upload } from "lucide-react";
import type { InputHTMLAttributes, Ref } from "react";
import { Field, type Labelled } from "../../components/Field";
import { useWords } from "../../lib/i18n/locale";
import "./imports.css";
import { importsWords } from "./words";

type FileFieldProps = Labelled &
  InputHTMLAttributes<HTMLInputElement> & {
    /** The name of the file that is there. */
    readonly chosen: string | undefined;
    readonly ref?: Ref<HTMLInputElement>;
  };

/** A file to choose, or to drop: the browser's own field lies over all of it, and takes both. */
export function FileField({ label, hint, error, chosen, ...rest }: FileFieldProps) {
  const words = useWords(importsWords);
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <div className="file-field">
          <Upload aria-hidden="true" />
          <span dir="auto">{chosen ?? words.choose}</span>
          <input type="file" {...rest} {...described} />
        </div>
      )}
    </Field>
  );
}
