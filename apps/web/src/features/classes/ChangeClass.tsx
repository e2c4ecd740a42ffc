import { useQuery } from "@tanstack/react-query";
import { zodResolver } from "@hookform/resolvers/zod";
import { FormProvider, useForm } from "react-hook-form";
import { Button } from "../../components/Button";
import { Select, TextField } from "../../components/Field";
import { LimitedField } from "../../components/LimitedField";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { WhyNot } from "../../components/whyNot/WhyNot";
import { ALLOWABLE, conflictsOf, isAllowable } from "../../lib/conflicts/conflicts";
import { timeOf } from "../../lib/hours/week";
import { useWords } from "../../lib/i18n/locale";
import { servicesQuery } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { useBusinessZone } from "../../lib/time/business";
import { dayOf, minutesOf } from "../../lib/time/zone";
import { changeSchema, changesOf, type ChangeForm } from "./changeForm";
import { SEATS } from "./planForm";
import { useChangeSession } from "./requests/changeSession";
import type { SessionWithSeats } from "./requests/readSession";
import { classesWords } from "./words";

/** Another time, another teacher, more or fewer seats: everybody in it comes along. */
export function ChangeClass({ session }: { readonly session: SessionWithSeats }) {
  const words = useWords(classesWords);
  const zone = useBusinessZone();
  const change = useChangeSession();
  const start = new Date(session.start);
  const form = useForm<ChangeForm>({
    resolver: zodResolver(changeSchema),
    defaultValues: {
      day: dayOf(zone, start),
      time: timeOf(minutesOf(zone, start)),
      staffId: session.staffId,
      capacity: session.capacity,
    },
  });
  const save = (allow: readonly (typeof ALLOWABLE)[number][] = []) =>
    form.handleSubmit(async (written) => {
      await change.mutateAsync({ seen: session, changes: { ...changesOf(written, session, zone), allow: [...allow] } });
      toast({ kind: "done", text: words.saved });
    });
  const givers = useGivers(session);
  const conflicts = conflictsOf(change.error);
  const { register, formState } = form;
  return (
    <Section title={words.change} lead={words.changeLead}>
      <FormProvider {...form}>
        <form className="form" noValidate onSubmit={(event) => void save()(event).catch(() => undefined)}>
          <div className="form__row">
            <TextField
              label={words.day}
              type="date"
              error={formState.errors.day && words.needsDay}
              {...register("day")}
            />
            <TextField
              label={words.time}
              type="time"
              error={formState.errors.time && words.needsTime}
              {...register("time")}
            />
            <Select label={words.staff} choices={givers} {...register("staffId")} />
            <LimitedField name="capacity" label={words.seats} limits={SEATS} range={words.range} />
          </div>
          {conflicts.length > 0 && <WhyNot error={change.error} />}
          <SaveBar
            error={conflicts.length > 0 ? undefined : change.error}
            isBusy={change.isPending}
            isChanged={formState.isDirty}
            extra={
              isAllowable(conflicts) && (
                <Button onClick={() => void save(ALLOWABLE)().catch(() => undefined)}>{words.changeAnyway}</Button>
              )
            }
          />
        </form>
      </FormProvider>
    </Section>
  );
}

/** Those who may give it; who gives it now is one of them, whatever became of them. */
function useGivers(session: SessionWithSeats) {
  const { data: services = [] } = useQuery(servicesQuery);
  const { data: staff = [] } = useQuery(staffQuery);
  const service = services.find(({ id }) => id === session.serviceId);
  const others = staff.filter(({ id, active }) => active && id !== session.staffId && service?.staffIds.includes(id));
  return [{ id: session.staffId, name: session.staffName }, ...others].map(({ id, name }) => ({
    value: id,
    label: name,
  }));
}
