import { useFormContext } from "react-hook-form";
import { TextField } from "./Field";

interface LimitedFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly step?: number | undefined;
  /** The least and the most. */
  readonly limits: readonly [number, number];
  /** What is said of a number beyond them. */
  readonly range: (least: number, most: number) => string;
}

/** A whole number of the form around it, within its limits. */
export function LimitedField({ name, label, hint, step = 1, limits: [least, most], range }: LimitedFieldProps) {
  const { register, formState } = useFormContext();
  return (
    <TextField
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      step={step}
      error={formState.errors[name] && range(least, most)}
      {...register(name, { valueAsNumber: true })}
    />
  );
}
