import { useFormContext } from "react-hook-form";
import { TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { BookingPageForm } from "./form";
import { NumberField } from "./Rules";
import { bookingPagesWords } from "./words";

export function Look({ error }: { readonly error: string | undefined }) {
  const words = useWords(bookingPagesWords);
  const { register } = useFormContext<BookingPageForm>();
  return (
    <Section title={words.look}>
      <div className="form__row">
        <TextField label={words.accent} type="color" error={error} {...register("accent")} />
        <NumberField name="radius" label={words.radius} />
        <TextField label={words.logo} type="url" dir="ltr" hint={words.logoHint} {...register("logoUrl")} />
      </div>
    </Section>
  );
}
