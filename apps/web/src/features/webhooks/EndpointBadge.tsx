import { Badge } from "../../components/Badge";
import { useWords } from "../../lib/i18n/locale";
import type { Endpoint } from "./requests/listEndpoints";
import { webhooksWords } from "./words";

/** Whether it is told anything now. */
export function EndpointBadge({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(webhooksWords);
  if (endpoint.enabled) {
    return endpoint.failingSince ? <Badge tone="warn">{words.troubled}</Badge> : <Badge tone="good">{words.on}</Badge>;
  }
  return <Badge tone={endpoint.disabledReason ? "bad" : "plain"}>{words.off}</Badge>;
}
