import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useForm } from "react-hook-form";
import { z } from "../../lib/forms/zod";
import { Button } from "../../components/Button";
import { Select, TextField } from "../../components/Field";
import { OnceShown } from "../../components/once/OnceShown";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery } from "../../lib/requests/listStaff";
import { ROLES } from "./Members";
import { useInvite } from "./requests/invite";
import { teamWords } from "./words";

const schema = z.object({
  email: z.email(),
  role: z.enum(["owner", "manager", "staff"]),
  staffId: z.string(),
});

export function Invite() {
  const words = useWords(teamWords);
  const staff = useQuery(staffQuery);
  const invite = useInvite();
  const { register, handleSubmit, formState, reset } = useForm<z.infer<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: { email: "", role: "staff", staffId: "" },
  });
  const submit = handleSubmit(async ({ email, role, staffId }) => {
    await invite.mutateAsync({ email, role, staffId: staffId || null });
    reset();
  });
  const people = (staff.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const link = invite.data?.acceptUrl;
  return (
    <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <div className="form__row">
        <TextField
          label={words.email}
          type="email"
          dir="ltr"
          autoComplete="off"
          error={formState.errors.email && words.invalidEmail}
          {...register("email")}
        />
        <Select
          label={words.role}
          choices={ROLES.map((role) => ({ value: role, label: words[role] }))}
          {...register("role")}
        />
        <Select
          label={words.staffMember}
          choices={[{ value: "", label: words.nobody }, ...people]}
          {...register("staffId")}
        />
      </div>
      <FormError error={invite.error} />
      <div>
        <Button type="submit" icon={<Send />} isBusy={invite.isPending}>
          {words.invite}
        </Button>
      </div>
      {link && <OnceShown lead={words.invited} text={link} copy={words.copy} copied={words.copied} />}
    </form>
  );
}
