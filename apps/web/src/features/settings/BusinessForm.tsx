import { useForm } from "react-hook-form";
import { Select, TextArea, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import type { Shape } from "../../lib/api/client";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { CURRENCIES, TIMEZONES, withChoice } from "../../lib/time/places";
import { useMe } from "../../lib/session/me";
import { useSaveBusiness } from "./requests/saveBusiness";
import { settingsWords } from "./words";

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "العربية" },
];

type Written = Record<
  "name" | "timezone" | "currency" | "locale" | "contactEmail" | "contactPhone" | "address",
  string
>;

export function BusinessForm() {
  const words = useWords(settingsWords);
  const { user, business } = useMe();
  const save = useSaveBusiness();
  const { register, handleSubmit, formState, reset } = useForm<Written>({ defaultValues: formOf(business) });
  const submit = handleSubmit(async (written) => {
    const saved = await save.mutateAsync(changesOf(written));
    reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
  });
  const wrong = (field: keyof Written) => (isProblem(save.error) ? save.error.at(`/${field}`) : undefined);
  const isOwner = user.role === "owner";
  return (
    <Section title={words.business} {...(isOwner ? {} : { lead: words.ownersOnly })}>
      <form noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <fieldset className="form plain" disabled={!isOwner}>
          <TextField
            label={words.name}
            error={formState.errors.name ? words.required : wrong("name")}
            {...register("name", { validate: (name) => name.trim().length > 0 })}
          />
          <div className="form__row">
            <Select
              label={words.timezone}
              hint={words.timezoneHint}
              choices={withChoice(TIMEZONES, business.timezone)}
              {...register("timezone")}
            />
            <Select
              label={words.currency}
              hint={words.currencyHint}
              choices={withChoice(CURRENCIES, business.currency)}
              {...register("currency")}
            />
            <Select label={words.locale} choices={withChoice(LANGUAGES, business.locale)} {...register("locale")} />
          </div>
          <div className="form__row">
            <TextField
              label={words.contactEmail}
              type="email"
              dir="ltr"
              hint={words.contactEmailHint}
              error={wrong("contactEmail")}
              {...register("contactEmail")}
            />
            <TextField
              label={words.contactPhone}
              type="tel"
              dir="ltr"
              error={wrong("contactPhone")}
              {...register("contactPhone")}
            />
          </div>
          <TextArea label={words.address} {...register("address")} />
          {isOwner && <SaveBar error={save.error} isBusy={save.isPending} isChanged={formState.isDirty} />}
        </fieldset>
      </form>
    </Section>
  );
}

function formOf(business: Shape<"Business">): Written {
  const { name, timezone, currency, locale, contactEmail, contactPhone, address } = business;
  return {
    name,
    timezone,
    currency,
    locale,
    contactEmail: contactEmail ?? "",
    contactPhone: contactPhone ?? "",
    address: address ?? "",
  };
}

function changesOf({ name, contactEmail, contactPhone, address, ...rest }: Written): Shape<"BusinessChanges"> {
  return {
    ...rest,
    name: name.trim(),
    contactEmail: contactEmail.trim() || null,
    contactPhone: contactPhone.trim() || null,
    address: address.trim() || null,
  };
}
