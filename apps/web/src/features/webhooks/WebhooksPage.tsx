import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { FormProvider, useForm } from "react-hook-form";
import { Link } from "react-router";
import { Button } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { OnceShown } from "../../components/once/OnceShown";
import { Page, Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { EndpointBadge } from "./EndpointBadge";
import { Fields } from "./Fields";
import { fieldsOf, NEW_ENDPOINT, type EndpointForm } from "./form";
import { useAddEndpoint } from "./requests/addEndpoint";
import { endpointsQuery, type Endpoint } from "./requests/listEndpoints";
import { webhooksWords } from "./words";

export default function WebhooksPage() {
  const words = useWords(webhooksWords);
  const query = useQuery(endpointsQuery);
  return (
    <Page title={words.title} lead={words.lead} back={{ to: "/settings", label: words.settings }}>
      <Loaded query={query} lines={2}>
        {(endpoints) =>
          endpoints.length === 0 ? (
            <p className="field__hint">{words.none}</p>
          ) : (
            <ul className="rows">
              {endpoints.map((endpoint) => (
                <EndpointRow key={endpoint.id} endpoint={endpoint} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <AddEndpoint />
    </Page>
  );
}

function EndpointRow({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(webhooksWords);
  const { events } = endpoint;
  const told = events.length === 0 ? words.everything : words.eventsOf(events.length);
  return (
    <li>
      <div className="rows__main">
        <Link to={`/webhooks/${endpoint.id}`}>
          <bdi dir="ltr">{endpoint.url}</bdi>
        </Link>
        <p className="rows__more">
          {endpoint.description && <bdi>{endpoint.description} · </bdi>}
          {told}
        </p>
      </div>
      <EndpointBadge endpoint={endpoint} />
    </li>
  );
}

function AddEndpoint() {
  const words = useWords(webhooksWords);
  const add = useAddEndpoint();
  const form = useForm<EndpointForm>({ defaultValues: NEW_ENDPOINT });
  const submit = form.handleSubmit(async (written) => {
    await add.mutateAsync(fieldsOf(written));
    form.reset();
  });
  const secret = add.data?.secret;
  const isSaid = isProblem(add.error) && add.error.at("/url") !== undefined;
  return (
    <Section title={words.add}>
      <FormProvider {...form}>
        <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <Fields error={add.error} />
          <FormError error={isSaid ? undefined : add.error} />
          <div>
            <Button type="submit" icon={<Plus />} isBusy={add.isPending}>
              {words.add}
            </Button>
          </div>
          {secret && (
            <OnceShown lead={words.secretMade} text={secret} copy={words.copySecret} copied={words.secretCopied} />
          )}
        </form>
      </FormProvider>
    </Section>
  );
}
