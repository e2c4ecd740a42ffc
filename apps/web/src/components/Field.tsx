import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from "react";
import "./field.css";

export interface Labelled {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with what was written. */
  readonly error?: string | undefined;
}

interface Described {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

/** A label above something to write in or choose from, with a hint and what is wrong below it. */
export function Field({ label, hint, error, children }: Labelled & { children: (described: Described) => ReactNode }) {
  const id = useId();
  const described: Described = {
    id,
    ...(error || hint ? { "aria-describedby": `${id}-more` } : {}),
    ...(error ? { "aria-invalid": true } : {}),
  };
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {children(described)}
      {(error ?? hint) && (
        <p className={error ? "field__error" : "field__hint"} id={`${id}-more`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Labelled & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> };

export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => <input type="text" dir="auto" {...rest} {...described} className="field__control" />}
    </Field>
  );
}

type TextAreaProps = Labelled &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { readonly ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, hint, error, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => <textarea rows={3} dir="auto" {...rest} {...described} className="field__control" />}
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

type SelectProps = Labelled &
  SelectHTMLAttributes<HTMLSelectElement> & {
    readonly choices: readonly Choice[];
    readonly ref?: Ref<HTMLSelectElement>;
  };

export function Select({ label, hint, error, choices, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <select {...rest} {...described} className="field__control">
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type CheckboxProps = { readonly label: ReactNode } & InputHTMLAttributes<HTMLInputElement> & {
    readonly ref?: Ref<HTMLInputElement>;
  };

export function Checkbox({ label, ...rest }: CheckboxProps) {
  return (
    <label className="checkbox">
      <input type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  );
}
