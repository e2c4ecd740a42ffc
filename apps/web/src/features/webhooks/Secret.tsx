import { RefreshCw } from "lucide-react";
import { Button } from "../../components/Button";
import { OnceShown } from "../../components/once/OnceShown";
import { Section } from "../../components/Page";
import { Confirmed } from "../../components/saving/Confirmed";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import type { Endpoint } from "./requests/listEndpoints";
import { useRotateSecret } from "./requests/rotateSecret";
import { webhooksWords } from "./words";

export function Secret({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(webhooksWords);
  const formats = useFormats();
  const rotate = useRotateSecret();
  const secret = rotate.data?.secret;
  return (
    <Section title={words.secret} lead={words.secretLead}>
      {secret && (
        <OnceShown lead={words.secretMade} text={secret} copy={words.copySecret} copied={words.secretCopied} />
      )}
      {endpoint.oldSecretUntil && (
        <p className="field__hint">{words.oldUntil(formats.moment(new Date(endpoint.oldSecretUntil)))}</p>
      )}
      <div>
        <Confirmed
          title={words.rotateTitle}
          text={words.rotateLead}
          act={words.rotate}
          doing={rotate}
          onConfirm={(close) => rotate.mutate(endpoint.id, { onSuccess: close })}
        >
          {(ask) => (
            <Button icon={<RefreshCw />} onClick={ask}>
              {words.rotate}
            </Button>
          )}
        </Confirmed>
      </div>
    </Section>
  );
}
