import { useForm } from "react-hook-form";
import { Field } from "../../components/Field";
import { isProblem } from "../../lib/api/problem";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { useSaveBookingPage } from "../../lib/requests/saveBookingPage";
import { useKeys } from "../../lib/requests/useKeys";
import { useMe } from "../../lib/session/me";
import type { StepProps } from "./GuidePage";
import { StepForm } from "./StepForm";
import { slugOf } from "./suggestions";
import { guideWords } from "./words";

const SLUG = /^[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]$/;

export function LinkStep({ pages, onBack, onDone }: StepProps) {
  const words = useWords(guideWords);
  const locale = useLocale();
  const { business } = useMe();
  const save = useSaveBookingPage();
  const keyOf = useKeys();
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { slug: pages[0]?.slug ?? slugOf(business.name) },
  });
  const submit = handleSubmit(async ({ slug }) => {
    if (pages[0]?.slug !== slug) await save.mutateAsync({ fields: { slug, locale }, key: keyOf(slug) });
    onDone();
  });
  const isTaken = isProblem(save.error, "SlugTaken");
  const error = formState.errors.slug ? words.needsAddress : isTaken ? words.taken : undefined;
  return (
    <StepForm
      title={words.linkTitle}
      lead={words.linkLead}
      error={isTaken ? undefined : save.error}
      isBusy={save.isPending}
      next={words.open}
      onBack={onBack}
      onSubmit={(event) => void submit(event).catch(() => undefined)}
    >
      <Field label={words.address} hint={words.addressHint} error={error}>
        {(described) => (
          <div className="guide-address" dir="ltr">
            <span>{`${location.host}/booking/`}</span>
            <input
              {...described}
              className="field__control"
              autoCapitalize="off"
              spellCheck={false}
              {...register("slug", { pattern: SLUG, required: true })}
            />
          </div>
        )}
      </Field>
    </StepForm>
  );
}
