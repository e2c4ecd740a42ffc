import { CircleAlert } from "lucide-react";
import { said } from "../../lib/api/said";
import { conflictsOf, sentence } from "../../lib/conflicts/conflicts";
import { useLocale } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { FormError } from "../states";

/** Why a time was refused, or what else went wrong. */
export function WhyNot({ error }: { readonly error: unknown }) {
  const locale = useLocale();
  const formats = useFormats();
  const why = [...new Set(conflictsOf(error).map((conflict) => sentence(conflict, formats, locale)))];
  if (why.length === 0) return <FormError error={error} />;
  return (
    <p className="form-error" role="alert">
      <CircleAlert aria-hidden="true" />
      <span>
        {said(error, locale)} {why.join("; ")}
      </span>
    </p>
  );
}
