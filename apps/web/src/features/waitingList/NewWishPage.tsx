import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useNavigate } from "react-router";
import { customerOf, type Chosen } from "../../components/customerPicker/chosen";
import { CustomerPicker } from "../../components/customerPicker/CustomerPicker";
import { Select, TextField } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { Page, Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { useGetInLine } from "../../lib/requests/getInLine";
import { servicesQuery, type Service } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { useBusinessZone } from "../../lib/time/business";
import { addDays, dayOf } from "../../lib/time/zone";
import { wishOf, wishSchema, type WishForm } from "./wishForm";
import { waitingListWords } from "./words";

const DAYS = 14;

export default function NewWishPage() {
  const words = useWords(waitingListWords);
  const query = useQuery(servicesQuery);
  return (
    <Page title={words.newTitle} lead={words.newLead} back={{ to: "/waiting-list", label: words.title }}>
      <Loaded query={query}>{(services) => <Wish services={services.filter(({ active }) => active)} />}</Loaded>
    </Page>
  );
}

function Wish({ services }: { readonly services: readonly Service[] }) {
  const words = useWords(waitingListWords);
  const zone = useBusinessZone();
  const navigate = useNavigate();
  const wait = useGetInLine();
  const [chosen, setChosen] = useState<Chosen>();
  const today = dayOf(zone, new Date());
  const form = useForm<WishForm>({
    resolver: zodResolver(wishSchema),
    defaultValues: { serviceId: "", staffId: "", first: today, last: addDays(today, DAYS) },
  });
  const { register, formState } = form;
  const { errors } = formState;
  const serviceId = useWatch({ control: form.control, name: "serviceId" });
  const givers = useGivers(services.find(({ id }) => id === serviceId));
  const wrong = (field: string) => (isProblem(wait.error) ? wait.error.at(`/customer/${field}`) : undefined);
  const submit = form.handleSubmit(async (written) => {
    if (!chosen) return;
    await wait.mutateAsync({ ...wishOf(written, zone), ...customerOf(chosen) });
    toast({ kind: "done", text: words.added(chosen.name) });
    await navigate("/waiting-list");
  });
  return (
    <Section title={words.wish}>
      <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <CustomerPicker chosen={chosen} choose={setChosen} hint={words.customerHint} wrong={wrong} />
        {formState.isSubmitted && !chosen && (
          <p className="field__error" role="alert">
            {words.needsCustomer}
          </p>
        )}
        <div className="form__row">
          <Select
            label={words.service}
            error={errors.serviceId && words.needsService}
            choices={[
              { value: "", label: words.chooseService },
              ...services.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...register("serviceId")}
          />
          <Select
            label={words.staff}
            choices={[{ value: "", label: words.anyone }, ...givers]}
            {...register("staffId")}
          />
        </div>
        <div className="form__row">
          <TextField label={words.first} type="date" error={errors.first && words.needsDate} {...register("first")} />
          <TextField label={words.last} type="date" error={errors.last && words.endsBefore} {...register("last")} />
        </div>
        <SaveBar error={wait.error} isBusy={wait.isPending} isChanged={formState.isDirty} />
      </form>
    </Section>
  );
}

function useGivers(service: Service | undefined) {
  const { data: staff = [] } = useQuery(staffQuery);
  return staff
    .filter(({ id, active }) => active && (!service || service.staffIds.includes(id)))
    .map(({ id, name }) => ({ value: id, label: name }));
}
