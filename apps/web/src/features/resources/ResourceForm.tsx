import { zodResolver } from "@hookform/resolvers/zod";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { Checkbox, TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { SaveBar } from "../../components/saving/SaveBar";
import { toast } from "../../components/toasts";
import { z } from "../../lib/forms/zod";
import { useWords } from "../../lib/i18n/locale";
import type { Resource } from "../../lib/requests/listResources";
import { ArchiveResource } from "./ArchiveResource";
import { useSaveResource } from "./requests/saveResource";
import { resourcesWords } from "./words";

const named = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const schema = z.object({ name: named, kind: named, active: z.boolean() });

type Written = z.infer<typeof schema>;

interface ResourceFormProps {
  readonly resource: Resource | undefined;
  /** Those that there are: a kind is the same only when it is written the same. */
  readonly kinds: readonly string[];
}

export function ResourceForm({ resource, kinds }: ResourceFormProps) {
  const words = useWords(resourcesWords);
  const navigate = useNavigate();
  const save = useSaveResource();
  const known = useId();
  const { register, handleSubmit, formState, reset } = useForm<Written>({
    resolver: zodResolver(schema),
    defaultValues: resource ? formOf(resource) : { name: "", kind: "", active: true },
  });
  const submit = handleSubmit(async (fields) => {
    const saved = await save.mutateAsync({ fields, ...(resource ? { seen: resource } : {}) });
    reset(formOf(saved));
    toast({ kind: "done", text: words.saved });
    if (!resource) await navigate("/resources");
  });
  return (
    <Section title={words.profile}>
      <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <div className="form__row">
          <TextField
            label={words.name}
            hint={words.nameHint}
            error={formState.errors.name && words.required}
            {...register("name")}
          />
          <TextField
            label={words.kind}
            hint={words.kindHint}
            list={known}
            autoComplete="off"
            error={formState.errors.kind && words.kindRequired}
            {...register("kind")}
          />
        </div>
        <datalist id={known}>
          {kinds.map((kind) => (
            <option key={kind} value={kind} />
          ))}
        </datalist>
        <Checkbox label={words.active} {...register("active")} />
        <SaveBar
          error={save.error}
          isBusy={save.isPending}
          isChanged={formState.isDirty}
          extra={resource && <ArchiveResource resource={resource} />}
        />
      </form>
    </Section>
  );
}

function formOf({ name, kind, active }: Resource): Written {
  return { name, kind, active };
}
