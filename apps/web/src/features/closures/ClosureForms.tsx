import { zodResolver } from "@hookform/resolvers/zod";
import { Plus } from "lucide-react";
import { FormProvider, useForm, useFormContext } from "react-hook-form";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { FormError } from "../../components/states";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { useWords } from "../../lib/i18n/locale";
import { closureSchema, NO_CLOSURE, type ClosureForm } from "./closureForm";
import type { Closure } from "./requests/listClosures";
import { useSaveClosure } from "./requests/saveClosure";
import { closuresWords } from "./words";

type OnSaved = (conflicts: readonly Conflict[]) => void;

export function AddClosure({ onSaved }: { readonly onSaved: OnSaved }) {
  const words = useWords(closuresWords);
  const add = useSaveClosure();
  const form = useForm<ClosureForm>({ resolver: zodResolver(closureSchema), defaultValues: NO_CLOSURE });
  const submit = form.handleSubmit(async (fields) => {
    const { conflicts } = await add.mutateAsync({ fields });
    if (conflicts.length === 0) toast({ kind: "done", text: words.saved });
    onSaved(conflicts);
    form.reset(NO_CLOSURE);
  });
  return (
    <FormProvider {...form}>
      <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Fields />
        <FormError error={add.error} />
        <div>
          <Button type="submit" icon={<Plus />} isBusy={add.isPending}>
            {words.addClosure}
          </Button>
        </div>
      </form>
    </FormProvider>
  );
}

interface EditClosureProps {
  readonly closure: Closure;
  readonly onSaved: OnSaved;
  readonly onClose: () => void;
}

/** Such as when the date of a holiday is announced. */
export function EditClosure({ closure, onSaved, onClose }: EditClosureProps) {
  const words = useWords(closuresWords);
  const save = useSaveClosure();
  const { name, startDate, endDate } = closure;
  const form = useForm<ClosureForm>({
    resolver: zodResolver(closureSchema),
    defaultValues: { name, startDate, endDate },
  });
  const submit = form.handleSubmit(async (fields) => {
    const { conflicts } = await save.mutateAsync({ seen: closure, fields });
    if (conflicts.length === 0) toast({ kind: "done", text: words.saved });
    onSaved(conflicts);
    onClose();
  });
  return (
    <Dialog title={words.changeTitle} onClose={onClose}>
      <FormProvider {...form}>
        <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          {closure.estimated && <p className="field__hint">{words.estimatedLead}</p>}
          <Fields />
          <SaveBar error={save.error} isBusy={save.isPending} isChanged={form.formState.isDirty} />
        </form>
      </FormProvider>
    </Dialog>
  );
}

function Fields() {
  const words = useWords(closuresWords);
  const { register, formState, getValues, setValue } = useFormContext<ClosureForm>();
  const { errors } = formState;
  return (
    <div className="form__row">
      <TextField label={words.name} maxLength={200} error={errors.name && words.required} {...register("name")} />
      <TextField
        label={words.first}
        type="date"
        error={errors.startDate && words.needsDate}
        {...register("startDate", {
          onChange: () => {
            const { startDate, endDate } = getValues();
            if (endDate < startDate) setValue("endDate", startDate, { shouldValidate: formState.isSubmitted });
          },
        })}
      />
      <TextField label={words.last} type="date" error={errors.endDate && words.endsBefore} {...register("endDate")} />
    </div>
  );
}
