import { zodResolver } from "@hookform/resolvers/zod";
import { FormProvider, useForm, useFormContext, useWatch } from "react-hook-form";
import { useNavigate } from "react-router";
import { Select, TextField } from "../../components/Field";
import { LimitedField } from "../../components/LimitedField";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import type { Service } from "../../lib/requests/listServices";
import type { StaffMember } from "../../lib/requests/listStaff";
import { useBusinessZone } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { LeftOutClasses } from "./LeftOutClasses";
import { classesOf, newPlan, planSchema, SEATS, WEEKS, type PlanForm } from "./planForm";
import { usePlanSessions, type NewSession } from "./requests/planSessions";
import { classesWords } from "./words";

interface PlanClassesProps {
  /** Those with seats; at least one. */
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
}

export function PlanClasses({ services, staff }: PlanClassesProps) {
  const words = useWords(classesWords);
  const zone = useBusinessZone();
  const navigate = useNavigate();
  const plan = usePlanSessions();
  const form = useForm<PlanForm>({
    resolver: zodResolver(planSchema),
    defaultValues: newPlan(services, dayOf(zone, new Date())),
  });
  const make = async (bodies: readonly NewSession[]) => {
    const { made, leftOut } = await plan.mutateAsync(bodies);
    if (made.length > 0) toast({ kind: "done", text: words.made(made.length) });
    if (leftOut.length === 0) await navigate(`/classes?from=${form.getValues("day")}`);
  };
  const submit = form.handleSubmit((written) => make(classesOf(written, zone)));
  return (
    <FormProvider {...form}>
      <form className="editor" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        {plan.data && (
          <LeftOutClasses planned={plan.data} onAnyway={(bodies) => void make(bodies).catch(() => undefined)} />
        )}
        <Fields services={services} staff={staff} />
        <SaveBar error={plan.error} isBusy={plan.isPending} isChanged={form.formState.isDirty} />
      </form>
    </FormProvider>
  );
}

function Fields({ services, staff }: PlanClassesProps) {
  const words = useWords(classesWords);
  const { control, register, formState, setValue } = useFormContext<PlanForm>();
  const serviceId = useWatch({ control, name: "serviceId" });
  const service = services.find(({ id }) => id === serviceId);
  const offering = staff.filter(({ id, active }) => active && (!service || service.staffIds.includes(id)));
  const { errors } = formState;
  return (
    <Section title={words.what}>
      <div className="form">
        <div className="form__row">
          <Select
            label={words.service}
            error={errors.serviceId && words.needsService}
            choices={[
              ...(services.length === 1 ? [] : [{ value: "", label: words.chooseService }]),
              ...services.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...register("serviceId", {
              onChange: (event: { target: { value: string } }) => {
                const chosen = services.find(({ id }) => id === event.target.value);
                if (chosen) setValue("capacity", chosen.capacity);
                setValue("staffId", "");
              },
            })}
          />
          <Select
            label={words.staff}
            choices={[
              { value: "", label: words.anyone },
              ...offering.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...register("staffId")}
          />
          <LimitedField name="capacity" label={words.seats} limits={SEATS} range={words.range} />
        </div>
        <div className="form__row">
          <TextField label={words.day} type="date" error={errors.day && words.needsDay} {...register("day")} />
          <TextField
            label={words.time}
            type="time"
            hint={service && words.starts(service.slotIntervalMinutes)}
            error={errors.time && words.needsTime}
            {...register("time")}
          />
          <LimitedField name="weeks" label={words.weeks} hint={words.weeksHint} limits={WEEKS} range={words.range} />
        </div>
      </div>
    </Section>
  );
}
