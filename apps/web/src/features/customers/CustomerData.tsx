import { Merge, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { DownloadButton } from "../../components/files/DownloadButton";
import { Section } from "../../components/Page";
import { Confirm } from "../../components/saving/Confirm";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { useFormats } from "../../lib/time/business";
import { MergeDialog } from "./MergeDialog";
import { useEraseCustomer } from "./requests/eraseCustomer";
import { useExportCustomer } from "./requests/exportCustomer";
import { customersWords } from "./words";

/** What they agreed to, all that is stored of them, two records of one person, and forgetting. */
export function CustomerData({ customer }: { readonly customer: Shape<"Customer"> }) {
  const words = useWords(customersWords);
  const { user } = useMe();
  const [asked, setAsked] = useState<"merge" | "erase">();
  const file = useExportCustomer(customer.id);
  const erase = useEraseCustomer();
  const close = () => setAsked(undefined);
  if (user.role === "staff") return null;
  return (
    <Section title={words.data}>
      <p>
        {words.consent}: <ConsentText consent={customer.marketingConsent ?? null} />
      </p>
      <div className="form__checks">
        <DownloadButton label={words.export} file={file} />
        <Button icon={<Merge />} onClick={() => setAsked("merge")}>
          {words.merge}
        </Button>
        <Button icon={<Trash2 />} onClick={() => setAsked("erase")}>
          {words.erase}
        </Button>
      </div>
      {asked === "merge" && <MergeDialog customer={customer} onClose={close} />}
      {asked === "erase" && (
        <Confirm
          title={words.eraseTitle(customer.name)}
          text={words.eraseLead}
          act={words.erase}
          error={erase.error}
          isBusy={erase.isPending}
          onConfirm={() => erase.mutate(customer.id, { onSuccess: close })}
          onClose={close}
        />
      )}
    </Section>
  );
}

function ConsentText({ consent }: { readonly consent: Shape<"Consent"> | null }) {
  const words = useWords(customersWords);
  const formats = useFormats();
  if (!consent) return words.consentNone;
  const when = formats.longDay(new Date(consent.at));
  return consent.given ? words.consentGiven(when) : words.consentWithdrawn(when);
}
