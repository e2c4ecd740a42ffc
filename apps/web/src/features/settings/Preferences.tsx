import { useQuery } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { Checkbox, TextField } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import type { Shape } from "../../lib/api/client";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { hoursText, offsetsOf } from "./reminders";
import { preferencesQuery } from "./requests/readPreferences";
import { useSavePreferences } from "./requests/savePreferences";
import { settingsWords } from "./words";

interface Written {
  channels: Shape<"Channels">;
  reminders: string;
  hasQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  senderName: string;
  replyTo: string;
  notifyEmail: string;
}

export function Preferences() {
  const words = useWords(settingsWords);
  const query = useQuery(preferencesQuery);
  return (
    <Section title={words.notifications}>
      <Loaded query={query} lines={5}>
        {(preferences) => <PreferencesForm key={preferences.revision} preferences={preferences} />}
      </Loaded>
    </Section>
  );
}

function PreferencesForm({ preferences }: { readonly preferences: Shape<"Preferences"> }) {
  const words = useWords(settingsWords);
  const { user } = useMe();
  const save = useSavePreferences();
  const { register, handleSubmit, formState } = useForm<Written>({ defaultValues: formOf(preferences) });
  const seen = preferences.reminderOffsetsMinutes;
  const submit = handleSubmit(async (written) => {
    await save.mutateAsync(changesOf(written, seen));
    toast({ kind: "done", text: words.saved });
  });
  const wrong = (pointer: string) => (isProblem(save.error) ? save.error.at(pointer) : undefined);
  return (
    <form noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <fieldset className="form plain" disabled={user.role === "staff"}>
        <fieldset className="choices">
          <legend>{words.channels}</legend>
          <div className="form__checks">
            <Checkbox label={words.email} {...register("channels.email")} />
            <Checkbox label={words.sms} {...register("channels.sms")} />
            <Checkbox label={words.whatsapp} {...register("channels.whatsapp")} />
          </div>
          <p className="field__hint">{words.channelsHint}</p>
        </fieldset>
        <TextField
          label={words.reminders}
          dir="ltr"
          hint={words.remindersHint}
          error={formState.errors.reminders && words.remindersWrong}
          {...register("reminders", { validate: (text) => offsetsOf(text, seen) !== null })}
        />
        <Checkbox label={words.quiet} {...register("hasQuiet")} />
        <div className="form__row">
          <TextField label={words.quietFrom} type="time" {...register("quietFrom")} />
          <TextField label={words.quietTo} type="time" {...register("quietTo")} />
        </div>
        <div className="form__row">
          <TextField label={words.senderName} hint={words.senderNameHint} {...register("senderName")} />
          <TextField
            label={words.replyTo}
            type="email"
            dir="ltr"
            hint={words.contactHint}
            error={wrong("/replyTo")}
            {...register("replyTo")}
          />
          <TextField
            label={words.notifyEmail}
            type="email"
            dir="ltr"
            hint={words.contactHint}
            error={wrong("/notifyEmail")}
            {...register("notifyEmail")}
          />
        </div>
        {preferences.muted.length > 0 && <p className="field__hint">{words.muted(preferences.muted.length)}</p>}
        {user.role !== "staff" && <SaveBar error={save.error} isBusy={save.isPending} isChanged={formState.isDirty} />}
      </fieldset>
    </form>
  );
}

function formOf(preferences: Shape<"Preferences">): Written {
  const { channels, quietHours, senderName, replyTo, notifyEmail } = preferences;
  return {
    channels,
    reminders: hoursText(preferences.reminderOffsetsMinutes),
    hasQuiet: Boolean(quietHours),
    quietFrom: quietHours?.start ?? "21:00",
    quietTo: quietHours?.end ?? "08:00",
    senderName: senderName ?? "",
    replyTo: replyTo ?? "",
    notifyEmail: notifyEmail ?? "",
  };
}

function changesOf(written: Written, seen: readonly number[]): Shape<"PreferencesChanges"> {
  return {
    channels: written.channels,
    reminderOffsetsMinutes: offsetsOf(written.reminders, seen) ?? [...seen],
    quietHours: written.hasQuiet ? { start: written.quietFrom, end: written.quietTo } : null,
    senderName: written.senderName.trim() || null,
    replyTo: written.replyTo.trim() || null,
    notifyEmail: written.notifyEmail.trim() || null,
  };
}
