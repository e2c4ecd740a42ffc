import { useFormContext, useWatch } from "react-hook-form";
import { Select, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { ServiceForm } from "./form";
import { NumberField } from "./NumberField";
import { servicesWords } from "./words";

export function MoneyFields({ currency }: { readonly currency: string }) {
  const words = useWords(servicesWords);
  const { control, register, formState } = useFormContext<ServiceForm>();
  const kind = useWatch({ control, name: "depositKind" });
  const kinds = [
    { value: "none", label: words.depositNone },
    { value: "fixed", label: words.depositFixed },
    { value: "percent", label: words.depositPercent },
    { value: "full", label: words.depositFull },
  ];
  return (
    <Section title={words.money}>
      <div className="form__row">
        <TextField
          label={words.price(currency)}
          inputMode="decimal"
          dir="ltr"
          error={formState.errors.price && words.amount}
          {...register("price")}
        />
        <Select label={words.deposit} choices={kinds} {...register("depositKind")} />
        {kind === "fixed" && (
          <TextField
            label={words.depositAmount(currency)}
            inputMode="decimal"
            dir="ltr"
            error={formState.errors.depositAmount && words.amount}
            {...register("depositAmount")}
          />
        )}
        {kind === "percent" && <NumberField name="depositPercent" label={words.depositShare} />}
      </div>
    </Section>
  );
}
