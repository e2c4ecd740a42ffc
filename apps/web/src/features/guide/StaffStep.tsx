import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useForm } from "react-hook-form";
import { Button, IconButton } from "../../components/Button";
import { TextField } from "../../components/Field";
import { blocksOf } from "../../lib/hours/week";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { useAddPerson } from "./requests/addPerson";
import { useDraftedWeek } from "./draft";
import type { StepProps } from "./GuidePage";
import { Known } from "./Known";
import { StepForm } from "./StepForm";
import { usualWeek } from "./suggestions";
import { guideWords } from "./words";

interface Written {
  people: { name: string }[];
}

export function StaffStep({ staff, onBack, onDone }: StepProps) {
  const words = useWords(guideWords);
  const { user, business } = useMe();
  const [drafted] = useDraftedWeek(business.id);
  const add = useAddPerson();
  const { control, register, handleSubmit, formState } = useForm<Written>({
    defaultValues: { people: staff.length > 0 ? [] : [{ name: user.name }] },
  });
  const { fields, append, remove } = useFieldArray({ control, name: "people" });
  const submit = handleSubmit(async ({ people }) => {
    const blocks = blocksOf(drafted ?? usualWeek(business.timezone));
    for (const { name } of people) {
      await add.mutateAsync({ name: name.trim(), blocks });
      remove(0); // who is added is among those who are known from now on
    }
    if (people.length + staff.length > 0) onDone();
  });
  return (
    <StepForm
      title={words.staffTitle}
      lead={words.staffLead}
      error={add.error}
      isBusy={formState.isSubmitting}
      onBack={onBack}
      onSubmit={(event) => void submit(event).catch(() => undefined)}
    >
      <Known names={staff.map((person) => person.name)} />
      <div className="guide-rows">
        {fields.map((field, at) => (
          <div key={field.id} className="guide-row guide-row--person">
            <TextField
              label={words.person(at + 1 + staff.length)}
              autoComplete="off"
              error={formState.errors.people?.[at]?.name && words.needsName}
              {...register(`people.${at}.name`, { validate: (name) => name.trim().length > 0 })}
            />
            <IconButton
              label={words.remove(words.person(at + 1 + staff.length))}
              icon={<Trash2 />}
              onClick={() => remove(at)}
            />
          </div>
        ))}
      </div>
      {staff.length + fields.length === 0 && formState.isSubmitted && (
        <p className="field__error" role="alert">
          {words.needsPerson}
        </p>
      )}
      <div>
        <Button icon={<Plus />} onClick={() => append({ name: "" })}>
          {words.addPerson}
        </Button>
      </div>
    </StepForm>
  );
}
