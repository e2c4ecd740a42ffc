import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { Checkbox, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import type { StaffMember } from "../../lib/requests/listStaff";
import { useSaveStaffMember } from "../../lib/requests/saveStaffMember";
import { useKeys } from "../../lib/requests/useKeys";
import { ArchiveStaffMember } from "./ArchiveStaffMember";
import { fieldsOf, formOf, NOBODY, profileSchema, type ProfileForm } from "./profileForm";
import { staffWords } from "./words";

export function Profile({ person }: { readonly person: StaffMember | undefined }) {
  const words = useWords(staffWords);
  const navigate = useNavigate();
  const save = useSaveStaffMember();
  const keyOf = useKeys();
  const form = useForm<ProfileForm>({
    resolver: zodResolver(profileSchema),
    defaultValues: person ? formOf(person) : NOBODY,
  });
  const { register, formState } = form;
  const submit = form.handleSubmit(async (written) => {
    const fields = fieldsOf(written);
    const saved = await save.mutateAsync({ fields, ...(person ? { seen: person } : { key: keyOf(fields) }) });
    form.reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
    if (!person) await navigate(`/staff/${saved.id}`, { replace: true });
  });
  const wrong = (pointer: string) => (isProblem(save.error) ? save.error.at(pointer) : undefined);
  return (
    <Section title={words.profile}>
      <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <div className="form__row">
          <TextField label={words.name} error={formState.errors.name && words.required} {...register("name")} />
          <TextField label={words.jobTitle} {...register("title")} />
        </div>
        <div className="form__row">
          <TextField
            label={words.email}
            type="email"
            dir="ltr"
            hint={words.emailHint}
            error={formState.errors.email ? words.invalidEmail : wrong("/email")}
            {...register("email")}
          />
          <TextField label={words.phone} type="tel" dir="ltr" error={wrong("/phone")} {...register("phone")} />
        </div>
        <div className="form__row">
          <TextField label={words.specializations} hint={words.specializationsHint} {...register("specializations")} />
          <TextField label={words.color} type="color" {...register("color")} />
        </div>
        <Checkbox label={words.active} {...register("active")} />
        <SaveBar
          error={save.error}
          isBusy={save.isPending}
          isChanged={formState.isDirty}
          extra={person && <ArchiveStaffMember person={person} />}
        />
      </form>
    </Section>
  );
}
