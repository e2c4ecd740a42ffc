import { useFormContext } from "react-hook-form";
import { Checkbox, Select, TextArea, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { BookingPageForm } from "./form";
import { bookingPagesWords } from "./words";

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "العربية" },
];

export function Texts({ isTaken }: { readonly isTaken: boolean }) {
  const words = useWords(bookingPagesWords);
  const { register, formState, getValues } = useFormContext<BookingPageForm>();
  const locale = getValues("locale");
  const isKnown = LANGUAGES.some(({ value }) => value === locale);
  return (
    <Section title={words.texts}>
      <div className="form">
        <div className="form__row">
          <TextField
            label={words.slug}
            dir="ltr"
            hint={words.slugHint}
            autoCapitalize="off"
            spellCheck={false}
            error={formState.errors.slug ? words.slugWrong : isTaken ? words.taken : undefined}
            {...register("slug")}
          />
          <TextField label={words.pageTitle} hint={words.pageTitleHint} {...register("title")} />
        </div>
        <TextArea label={words.description} {...register("description")} />
        <TextArea label={words.policyText} {...register("policyText")} />
        <TextArea label={words.confirmationText} {...register("confirmationText")} />
        <Select
          label={words.locale}
          choices={isKnown ? LANGUAGES : [...LANGUAGES, { value: locale, label: locale }]}
          {...register("locale")}
        />
        <div className="form__checks">
          <Checkbox label={words.active} {...register("active")} />
          <Checkbox label={words.indexed} {...register("indexed")} />
        </div>
      </div>
    </Section>
  );
}
