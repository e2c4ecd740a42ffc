import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { FormProvider, useForm, useFormContext, useWatch } from "react-hook-form";
import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Checkbox, TextField } from "../../components/Field";
import { InTheWay } from "../../components/inTheWay/InTheWay";
import { Section } from "../../components/Page";
import { Confirmed } from "../../components/saving/Confirmed";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { WeekEditor } from "../../components/week/WeekEditor";
import { isProblem } from "../../lib/api/problem";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { isSound, weekOf } from "../../lib/hours/week";
import { useWords } from "../../lib/i18n/locale";
import type { StaffMember } from "../../lib/requests/listStaff";
import type { Season } from "./requests/listSeasons";
import { useRemoveSeason } from "./requests/removeSeason";
import { useSaveSeason } from "./requests/saveSeason";
import { fieldsOf, formOf, NEW_SEASON, NEW_WEEK, seasonSchema, type SeasonForm } from "./seasonForm";
import { closuresWords } from "./words";

interface SeasonEditorProps {
  readonly season: Season | undefined;
  readonly staff: readonly StaffMember[];
}

export function SeasonEditor({ season, staff }: SeasonEditorProps) {
  const words = useWords(closuresWords);
  const navigate = useNavigate();
  const save = useSaveSeason();
  const [week, setWeek] = useState(() => (season ? weekOf(season.blocks) : NEW_WEEK));
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const form = useForm<SeasonForm>({
    resolver: zodResolver(seasonSchema),
    defaultValues: season ? formOf(season) : NEW_SEASON,
  });
  const leave = () => void navigate("/closures");
  const submit = form.handleSubmit(async (written) => {
    if (!isSound(week)) return;
    const saved = await save.mutateAsync({ fields: fieldsOf(written, week), ...(season ? { seen: season } : {}) });
    setConflicts(saved.conflicts);
    if (saved.conflicts.length > 0) return;
    toast({ kind: "done", text: words.saved });
    leave();
  });
  const meets = isProblem(save.error, "Invalid") && save.error.at("/startDate") ? words.meetsAnother : undefined;
  return (
    <FormProvider {...form}>
      <form className="editor" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Dates meets={meets} />
        <Section title={words.hours} lead={words.hoursLead}>
          <WeekEditor week={week} onChange={setWeek} />
        </Section>
        <Whose staff={staff} />
        <SaveBar
          error={meets ? undefined : save.error}
          isBusy={save.isPending}
          isChanged={form.formState.isDirty}
          extra={season && <RemoveSeason season={season} onRemoved={leave} />}
        />
      </form>
      <InTheWay conflicts={conflicts} onClose={leave} />
    </FormProvider>
  );
}

function Dates({ meets }: { readonly meets: string | undefined }) {
  const words = useWords(closuresWords);
  const { register, formState } = useFormContext<SeasonForm>();
  const { errors } = formState;
  return (
    <Section title={words.season}>
      <div className="form__row">
        <TextField
          label={words.name}
          hint={words.seasonNameHint}
          error={errors.name && words.required}
          {...register("name")}
        />
        <TextField
          label={words.first}
          type="date"
          error={errors.startDate ? words.needsDate : meets}
          {...register("startDate")}
        />
        <TextField label={words.last} type="date" error={errors.endDate && words.endsBefore} {...register("endDate")} />
      </div>
    </Section>
  );
}

function Whose({ staff }: Pick<SeasonEditorProps, "staff">) {
  const words = useWords(closuresWords);
  const { control, register, formState } = useFormContext<SeasonForm>();
  const isEverybodys = useWatch({ control, name: "isEverybodys" });
  return (
    <Section title={words.whose}>
      <Checkbox label={words.everybody} {...register("isEverybodys")} />
      {!isEverybodys && (
        <fieldset className="choices">
          <legend className="visually-hidden">{words.whose}</legend>
          <div className="choices__grid">
            {staff.map(({ id, name }) => (
              <Checkbox key={id} label={<span dir="auto">{name}</span>} value={id} {...register("staffIds")} />
            ))}
          </div>
          {formState.errors.staffIds && <p className="field__error">{words.needsSomebody}</p>}
        </fieldset>
      )}
    </Section>
  );
}

function RemoveSeason({ season, onRemoved }: { readonly season: Season; readonly onRemoved: () => void }) {
  const words = useWords(closuresWords);
  const remove = useRemoveSeason();
  return (
    <Confirmed
      title={words.removeTitle(season.name)}
      text={words.removeLead}
      act={words.removeSeason}
      doing={remove}
      onConfirm={() => remove.mutate(season.id, { onSuccess: onRemoved })}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.removeSeason}
        </Button>
      )}
    </Confirmed>
  );
}
