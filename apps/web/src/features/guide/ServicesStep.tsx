import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useForm, type FieldErrors, type UseFormRegister } from "react-hook-form";
import { Button, IconButton } from "../../components/Button";
import { TextField } from "../../components/Field";
import { useWords } from "../../lib/i18n/locale";
import { parsedMoney } from "../../lib/money/money";
import { useKeys } from "../../lib/requests/useKeys";
import { useSaveService } from "../../lib/requests/saveService";
import { useMe } from "../../lib/session/me";
import type { StepProps } from "./GuidePage";
import { Known } from "./Known";
import { StepForm } from "./StepForm";
import { guideWords } from "./words";

interface Row {
  name: string;
  minutes: number;
  price: string;
}

interface Written {
  services: Row[];
}

const USUAL: Row = { name: "", minutes: 60, price: "" };

export function ServicesStep({ staff, services, onBack, onDone }: StepProps) {
  const words = useWords(guideWords);
  const { currency } = useMe().business;
  const save = useSaveService();
  const keyOf = useKeys();
  const { control, register, handleSubmit, formState } = useForm<Written>({
    defaultValues: { services: services.length > 0 ? [] : [USUAL] },
  });
  const { fields, append, remove } = useFieldArray({ control, name: "services" });
  const submit = handleSubmit(async (written) => {
    for (const row of written.services) {
      const price = parsedMoney(row.price, currency);
      if (!price) return;
      const body = { name: row.name.trim(), durationMinutes: row.minutes, price, staffIds: staff.map(({ id }) => id) };
      await save.mutateAsync({ fields: body, key: keyOf(body) });
      remove(0); // it is among the known ones from now on
    }
    if (written.services.length + services.length > 0) onDone();
  });
  return (
    <StepForm
      title={words.servicesTitle}
      lead={words.servicesLead}
      error={save.error}
      isBusy={formState.isSubmitting}
      onBack={onBack}
      onSubmit={(event) => void submit(event).catch(() => undefined)}
    >
      <Known names={services.map((service) => service.name)} />
      <div className="guide-rows">
        {fields.map((field, at) => (
          <ServiceRow
            key={field.id}
            at={at}
            currency={currency}
            register={register}
            errors={formState.errors}
            onRemove={() => remove(at)}
          />
        ))}
      </div>
      {services.length + fields.length === 0 && formState.isSubmitted && (
        <p className="field__error" role="alert">
          {words.needsService}
        </p>
      )}
      <div>
        <Button icon={<Plus />} onClick={() => append(USUAL)}>
          {words.addService}
        </Button>
      </div>
    </StepForm>
  );
}

interface ServiceRowProps {
  readonly at: number;
  readonly currency: string;
  readonly register: UseFormRegister<Written>;
  readonly errors: FieldErrors<Written>;
  readonly onRemove: () => void;
}

function ServiceRow({ at, currency, register, errors, onRemove }: ServiceRowProps) {
  const words = useWords(guideWords);
  const wrong = errors.services?.[at];
  return (
    <fieldset className="guide-row guide-row--service">
      <legend className="visually-hidden">{words.service(at + 1)}</legend>
      <TextField
        label={words.serviceName}
        placeholder={words.serviceHint}
        error={wrong?.name && words.needsName}
        {...register(`services.${at}.name`, { validate: (name) => name.trim().length > 0 })}
      />
      <TextField
        label={words.minutes}
        type="number"
        inputMode="numeric"
        min={5}
        max={1440}
        step={5}
        error={wrong?.minutes && words.needsMinutes}
        {...register(`services.${at}.minutes`, {
          valueAsNumber: true,
          validate: (minutes) => Number.isInteger(minutes) && minutes >= 5 && minutes <= 1440,
        })}
      />
      <TextField
        label={words.price(currency)}
        inputMode="decimal"
        dir="ltr"
        error={wrong?.price && words.needsPrice}
        {...register(`services.${at}.price`, { validate: (price) => parsedMoney(price, currency) !== null })}
      />
      <IconButton label={words.remove(words.service(at + 1))} icon={<Trash2 />} onClick={onRemove} />
    </fieldset>
  );
}
