import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { changesOf, formOf, PARTS, type TemplateForm } from "./form";
import { Parts } from "./Parts";
import { Preview } from "./Preview";
import type { Template } from "./requests/listTemplates";
import { previewQuery } from "./requests/previewTemplate";
import { useSaveTemplate } from "./requests/saveTemplate";
import { ResetTemplate } from "./ResetTemplate";
import { templatesWords } from "./words";

interface TemplateEditorProps {
  readonly template: Template;
  /** It has the standard words again. */
  readonly onReset: () => void;
}

/** The words, and beside them what they come to while they are written. */
export function TemplateEditor({ template, onReset }: TemplateEditorProps) {
  const words = useWords(templatesWords);
  const save = useSaveTemplate();
  const form = useForm<TemplateForm>({ defaultValues: formOf(template) });
  const [subject, body, text] = useWatch({ control: form.control, name: PARTS });
  const preview = useQuery(previewQuery(template, changesOf({ subject, body, text }, template)));
  const [shown, setShown] = useState(preview.data);
  if (preview.data && preview.data !== shown) setShown(preview.data);
  const wrong = flawsIn(preview.error);
  const submit = form.handleSubmit(async (written) => {
    const saved = await save.mutateAsync({ seen: template, changes: changesOf(written, template) });
    form.reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
  });
  return (
    <div className="template">
      <FormProvider {...form}>
        <form className="template__words" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <Parts template={template} wrong={wrong} />
          <SaveBar
            error={flawsIn(save.error) ? undefined : save.error}
            isBusy={save.isPending}
            isChanged={form.formState.isDirty}
            extra={template.isOwn && <ResetTemplate template={template} onReset={onReset} />}
          />
        </form>
      </FormProvider>
      <Section title={words.preview} lead={template.channel === "email" ? words.previewLead : words.previewText}>
        <Preview written={shown} error={preview.error} isFlawed={wrong !== undefined} onRetry={preview.refetch} />
      </Section>
    </div>
  );
}

export type Flaws = Partial<Record<keyof TemplateForm, string>>;

/** What the server says of each part; undefined when it is about something else. */
function flawsIn(error: unknown): Flaws | undefined {
  if (!isProblem(error, "Invalid")) return undefined;
  return Object.fromEntries(PARTS.map((part) => [part, error.at(`/${part}`)]));
}
