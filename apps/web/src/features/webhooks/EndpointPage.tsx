import { useQuery } from "@tanstack/react-query";
import { Power, Send } from "lucide-react";
import { useParams } from "react-router";
import { Button } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState, FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { Deliveries } from "./Deliveries";
import { EndpointBadge } from "./EndpointBadge";
import { EndpointEditor } from "./EndpointEditor";
import { endpointsQuery, type Endpoint } from "./requests/listEndpoints";
import { useSaveEndpoint } from "./requests/saveEndpoint";
import { useTestEndpoint } from "./requests/testEndpoint";
import { Secret } from "./Secret";
import { webhooksWords } from "./words";

/** One endpoint: what it is, its secret, and what it was told. */
export default function EndpointPage() {
  const words = useWords(webhooksWords);
  const { id } = useParams();
  const query = useQuery(endpointsQuery);
  const endpoint = query.data?.find((each) => each.id === id);
  return (
    <Page
      title={endpoint ? endpoint.description || endpoint.url : words.title}
      back={{ to: "/webhooks", label: words.back }}
      actions={endpoint && <EndpointBadge endpoint={endpoint} />}
    >
      <Loaded query={query} lines={8}>
        {() =>
          endpoint ? (
            <>
              <Actions endpoint={endpoint} />
              <EndpointEditor key={endpoint.revision} endpoint={endpoint} />
              <Secret endpoint={endpoint} />
              <Deliveries endpointId={endpoint.id} />
            </>
          ) : (
            <EmptyState title={words.notFound} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Actions({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(webhooksWords);
  const save = useSaveEndpoint();
  const test = useTestEndpoint();
  const done = (text: string) => ({ onSuccess: () => toast({ kind: "done", text }) });
  const enabled = !endpoint.enabled;
  return (
    <div className="form">
      <div className="form__checks">
        <Button
          icon={<Power />}
          isBusy={save.isPending}
          onClick={() =>
            save.mutate({ seen: endpoint, changes: { enabled } }, done(enabled ? words.switchedOn : words.switchedOff))
          }
        >
          {enabled ? words.switchOn : words.switchOff}
        </Button>
        {endpoint.enabled && (
          <Button icon={<Send />} isBusy={test.isPending} onClick={() => test.mutate(endpoint.id, done(words.tested))}>
            {words.test}
          </Button>
        )}
      </div>
      <FormError error={save.error ?? test.error} />
    </div>
  );
}
