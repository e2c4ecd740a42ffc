import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Link, useNavigate } from "react-router";
import { z } from "../../lib/forms/zod";
import { Checkbox, TextArea, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import type { Shape } from "../../lib/api/client";
import { isProblem } from "../../lib/api/problem";
import { useWords } from "../../lib/i18n/locale";
import { useSaveCustomer, type CustomerToSave } from "./requests/saveCustomer";
import { customersWords } from "./words";

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  email: z.union([z.literal(""), z.email()]),
  phone: z.string(),
  notes: z.string().check(z.maxLength(5000)),
  blocked: z.boolean(),
});

type Written = z.infer<typeof schema>;

export function CustomerForm({ customer }: { readonly customer: Shape<"Customer"> | undefined }) {
  const words = useWords(customersWords);
  const navigate = useNavigate();
  const save = useSaveCustomer();
  const { register, handleSubmit, formState, reset } = useForm<Written>({
    resolver: zodResolver(schema),
    defaultValues: customer ? formOf(customer) : { name: "", email: "", phone: "", notes: "", blocked: false },
  });
  const submit = handleSubmit(async (written) => {
    const saved = await save.mutateAsync({ fields: fieldsOf(written), ...(customer ? { seen: customer } : {}) });
    reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
    if (!customer) await navigate(`/customers/${saved.id}`, { replace: true });
  });
  const other = isProblem(save.error, "CustomerExists") ? String(save.error.body["customerId"]) : undefined;
  return (
    <Section title={words.profile}>
      <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <div className="form__row">
          <TextField label={words.name} error={formState.errors.name && words.required} {...register("name")} />
          <TextField
            label={words.email}
            type="email"
            dir="ltr"
            error={formState.errors.email && words.invalidEmail}
            {...register("email")}
          />
          <TextField label={words.phone} type="tel" dir="ltr" hint={words.phoneHint} {...register("phone")} />
        </div>
        <TextArea label={words.notes} hint={words.notesHint} {...register("notes")} />
        <Checkbox label={words.isBlocked} {...register("blocked")} />
        {other && (
          <p className="field__error" role="alert">
            {words.exists} <Link to={`/customers/${other}`}>{words.seeOther}</Link>
          </p>
        )}
        <SaveBar error={other ? undefined : save.error} isBusy={save.isPending} isChanged={formState.isDirty} />
      </form>
    </Section>
  );
}

function formOf(customer: Shape<"Customer">): Written {
  const { name, email, phone, notes, blocked } = customer;
  return { name, email: email ?? "", phone: phone ?? "", notes, blocked };
}

function fieldsOf({ name, email, phone, notes, blocked }: Written): CustomerToSave["fields"] {
  return { name: name.trim(), email: email.trim() || null, phone: phone.trim() || null, notes, blocked };
}
