import { Copy } from "lucide-react";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Button } from "../../components/Button";
import { Field, Select, TextArea } from "../../components/Field";
import { Section } from "../../components/Page";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { embedCode, MODES, type BookingPageForm, type EmbedMode } from "./form";
import { bookingPagesWords } from "./words";

export function Embed() {
  const words = useWords(bookingPagesWords);
  const { control, register } = useFormContext<BookingPageForm>();
  const [slug, accent] = useWatch({ control, name: ["slug", "accent"] });
  const [mode, setMode] = useState<EmbedMode>("inline");
  const code = embedCode(mode, { origin: location.origin, slug, label: words.bookNow, accent });
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    toast({ kind: "done", text: words.codeCopied });
  };
  return (
    <Section title={words.embed} lead={words.embedLead}>
      <TextArea label={words.origins} hint={words.originsHint} dir="ltr" rows={2} {...register("origins")} />
      <Select
        label={words.embedMode}
        value={mode}
        choices={MODES.map((each) => ({ value: each, label: words[each] }))}
        onChange={(event) => setMode(MODES.find((each) => each === event.target.value) ?? "inline")}
      />
      <Field label={words.code}>
        {(described) => (
          <textarea {...described} className="field__control code" dir="ltr" rows={4} readOnly value={code} />
        )}
      </Field>
      <div>
        <Button icon={<Copy />} onClick={copy}>
          {words.copyCode}
        </Button>
      </div>
    </Section>
  );
}
