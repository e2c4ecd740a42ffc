/** A label, what is filled in, and what is wrong with it. */

import { useId, type FocusEvent, type ReactNode } from "react";
import { useFormContext, type FieldPath, type UseFormRegisterReturn } from "react-hook-form";
import { useWords } from "../../i18n/messages";
import type { Details } from "./schema";

interface Told {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface Props {
  readonly name: FieldPath<Details>;
  readonly label: string;
  readonly isOptional?: boolean;
  /** The control, with what ties it to its label and its error. */
  readonly children: (field: Told) => ReactNode;
}

export function Field({ name, label, isOptional = false, children }: Props) {
  const words = useWords();
  const id = useId();
  const { getFieldState, formState } = useFormContext<Details>();
  const { error } = getFieldState(name, formState);
  const told = `${id}-error`;
  return (
    <div className="field">
      <label htmlFor={id}>
        <span dir="auto">{label}</span>
        {isOptional && <span className="quiet"> ({words.optional})</span>}
      </label>
      {children({ id, "aria-invalid": error !== undefined, "aria-describedby": error && told })}
      {error && (
        <p id={told} className="error">
          {error.message as string}
        </p>
      )}
    </div>
  );
}

/** As `register`; what is wrong with what was typed is said when the field is left, and goes when it is mended. */
export function useTold(name: "email" | "phone"): UseFormRegisterReturn {
  const { register, trigger, getValues, getFieldState } = useFormContext<Details>();
  return register(name, {
    onBlur: ({ relatedTarget }: FocusEvent<HTMLInputElement>) => {
      // What sends the form looks at it anyway, and must not move away from under the finger.
      const isSending = relatedTarget instanceof HTMLButtonElement && relatedTarget.type === "submit";
      if (!isSending && getValues(name) !== "") void trigger(name);
    },
    onChange: () => {
      if (getFieldState(name).invalid) void trigger(name);
    },
  });
}
