import { useFormContext } from "react-hook-form";
import { TextField } from "../../components/Field";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { EventsField } from "./EventsField";
import type { EndpointForm } from "./form";
import { webhooksWords } from "./words";

/** What an endpoint is, new or not; `error`: what the server said of it. */
export function Fields({ error }: { readonly error: unknown }) {
  const words = useWords(webhooksWords);
  const { register, formState } = useFormContext<EndpointForm>();
  const wrong = isProblem(error) ? error.at("/url") : undefined;
  return (
    <>
      <div className="form__row">
        <TextField
          label={words.url}
          type="url"
          dir="ltr"
          spellCheck={false}
          hint={words.urlHint}
          error={formState.errors.url ? words.urlNeeded : wrong}
          {...register("url", { validate: (url) => /^https?:\/\/\S+$/.test(url.trim()) })}
        />
        <TextField label={words.description} maxLength={200} {...register("description")} />
      </div>
      <EventsField />
    </>
  );
}
