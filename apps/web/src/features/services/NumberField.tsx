import { LimitedField } from "../../components/LimitedField";
import { useWords } from "../../lib/i18n/locale";
import { LIMITS, type Limited } from "./form";
import { servicesWords } from "./words";

interface NumberFieldProps {
  readonly name: Limited;
  readonly label: string;
  readonly hint?: string;
  readonly step?: number;
}

/** A whole number of the form within its limits. */
export function NumberField(props: NumberFieldProps) {
  const { range } = useWords(servicesWords);
  return <LimitedField {...props} limits={LIMITS[props.name]} range={range} />;
}
