import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import type { Service } from "../../lib/requests/listServices";
import type { StaffMember } from "../../lib/requests/listStaff";
import { useSaveService } from "../../lib/requests/saveService";
import { useKeys } from "../../lib/requests/useKeys";
import { useMe } from "../../lib/session/me";
import { ArchiveService } from "./ArchiveService";
import { Basics } from "./Basics";
import { fieldsOf, formOf, NEW_SERVICE, serviceSchema, type ServiceForm } from "./form";
import { MoneyFields } from "./MoneyFields";
import { StaffChoice } from "./StaffChoice";
import { TimeFields } from "./TimeFields";
import { servicesWords } from "./words";

interface ServiceEditorProps {
  readonly service: Service | undefined;
  readonly staff: readonly StaffMember[];
}

export function ServiceEditor({ service, staff }: ServiceEditorProps) {
  const words = useWords(servicesWords);
  const { currency } = useMe().business;
  const navigate = useNavigate();
  const save = useSaveService();
  const keyOf = useKeys();
  const resolver = useMemo(() => zodResolver(serviceSchema(currency)), [currency]);
  const form = useForm<ServiceForm>({
    resolver,
    defaultValues: service ? formOf(service) : { ...NEW_SERVICE, staffIds: staff.map(({ id }) => id) },
  });
  const submit = form.handleSubmit(async (written) => {
    const fields = fieldsOf(written, currency, service);
    const saved = await save.mutateAsync({ fields, ...(service ? { seen: service } : { key: keyOf(fields) }) });
    form.reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
    if (!service) await navigate(`/services/${saved.id}`, { replace: true });
  });
  return (
    <FormProvider {...form}>
      <form className="editor" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Basics />
        <MoneyFields currency={currency} />
        <TimeFields />
        <StaffChoice staff={staff} />
        <SaveBar
          error={save.error}
          isBusy={save.isPending}
          isChanged={form.formState.isDirty}
          extra={service && <ArchiveService service={service} />}
        />
      </form>
    </FormProvider>
  );
}
