import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { Button, IconButton } from "../../components/Button";
import { Checkbox, Select, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { NEW_QUESTION, type BookingPageForm } from "./form";
import { bookingPagesWords } from "./words";

export function Questions() {
  const words = useWords(bookingPagesWords);
  const { control } = useFormContext<BookingPageForm>();
  const { fields, append, remove } = useFieldArray({ control, name: "questions" });
  return (
    <Section title={words.questions} lead={words.questionsLead}>
      {fields.map((field, at) => (
        <Question key={field.id} at={at} onRemove={() => remove(at)} />
      ))}
      <div>
        <Button icon={<Plus />} onClick={() => append(NEW_QUESTION)}>
          {words.addQuestion}
        </Button>
      </div>
    </Section>
  );
}

function Question({ at, onRemove }: { readonly at: number; readonly onRemove: () => void }) {
  const words = useWords(bookingPagesWords);
  const { control, register, formState } = useFormContext<BookingPageForm>();
  const [label, kind] = useWatch({ control, name: [`questions.${at}.label`, `questions.${at}.kind`] });
  return (
    <fieldset className="choices form">
      <legend className="visually-hidden">{label || words.question}</legend>
      <div className="form__row">
        <TextField
          label={words.question}
          error={formState.errors.questions?.[at]?.label && words.needsQuestion}
          {...register(`questions.${at}.label`)}
        />
        <Select
          label={words.kind}
          choices={[
            { value: "text", label: words.kindText },
            { value: "choice", label: words.kindChoice },
            { value: "checkbox", label: words.kindCheckbox },
          ]}
          {...register(`questions.${at}.kind`)}
        />
        {kind === "choice" && (
          <TextField label={words.options} hint={words.optionsHint} {...register(`questions.${at}.options`)} />
        )}
      </div>
      <div className="form__checks">
        <Checkbox label={words.required} {...register(`questions.${at}.required`)} />
        <IconButton label={words.removeQuestion(label)} icon={<Trash2 />} onClick={onRemove} />
      </div>
    </fieldset>
  );
}
