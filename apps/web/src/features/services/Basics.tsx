import { useFormContext } from "react-hook-form";
import { Checkbox, TextArea, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { ServiceForm } from "./form";
import { servicesWords } from "./words";

export function Basics() {
  const words = useWords(servicesWords);
  const { register, formState } = useFormContext<ServiceForm>();
  return (
    <Section title={words.basics}>
      <div className="form">
        <TextField label={words.name} error={formState.errors.name && words.required} {...register("name")} />
        <TextArea label={words.description} hint={words.descriptionHint} {...register("description")} />
        <div className="form__row">
          <TextField label={words.category} hint={words.categoryHint} {...register("category")} />
          <TextField label={words.color} type="color" className="field__control" {...register("color")} />
        </div>
        <Checkbox label={words.active} {...register("active")} />
      </div>
    </Section>
  );
}
