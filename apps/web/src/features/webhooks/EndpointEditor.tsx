import { FormProvider, useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Section } from "../../components/Page";
import { Confirmed } from "../../components/saving/Confirmed";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { Fields } from "./Fields";
import { fieldsOf, formOf, type EndpointForm } from "./form";
import type { Endpoint } from "./requests/listEndpoints";
import { useRemoveEndpoint } from "./requests/removeEndpoint";
import { useSaveEndpoint } from "./requests/saveEndpoint";
import { webhooksWords } from "./words";

export function EndpointEditor({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(webhooksWords);
  const save = useSaveEndpoint();
  const form = useForm<EndpointForm>({ defaultValues: formOf(endpoint) });
  const submit = form.handleSubmit(async (written) => {
    await save.mutateAsync({ seen: endpoint, changes: fieldsOf(written) });
    toast({ kind: "done", text: words.saved });
  });
  return (
    <Section title={words.endpoint}>
      <Health endpoint={endpoint} />
      <FormProvider {...form}>
        <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <Fields error={save.error} />
          <SaveBar
            error={save.error}
            isBusy={save.isPending}
            isChanged={form.formState.isDirty}
            extra={<RemoveEndpoint id={endpoint.id} />}
          />
        </form>
      </FormProvider>
    </Section>
  );
}

/** Why it is told nothing, or takes nothing. */
function Health({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(webhooksWords);
  const formats = useFormats();
  if (endpoint.disabledReason) {
    return <p className="form-error">{endpoint.disabledReason === "gone" ? words.gone : words.failing}</p>;
  }
  if (!endpoint.failingSince) return null;
  return <p className="field__error">{words.failingSince(formats.moment(new Date(endpoint.failingSince)))}</p>;
}

function RemoveEndpoint({ id }: { readonly id: string }) {
  const words = useWords(webhooksWords);
  const navigate = useNavigate();
  const remove = useRemoveEndpoint();
  return (
    <Confirmed
      title={words.removeTitle}
      text={words.removeLead}
      act={words.remove}
      doing={remove}
      onConfirm={() => remove.mutate(id, { onSuccess: () => void navigate("/webhooks") })}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.remove}
        </Button>
      )}
    </Confirmed>
  );
}
