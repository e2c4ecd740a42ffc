import { useQuery } from "@tanstack/react-query";
import { KeyRound, Trash2 } from "lucide-react";
import { useForm } from "react-hook-form";
import { Button, IconButton } from "../../components/Button";
import { Select, TextField } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { OnceShown } from "../../components/once/OnceShown";
import { Page, Section } from "../../components/Page";
import { Confirmed } from "../../components/saving/Confirmed";
import { FormError } from "../../components/states";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { apiKeysQuery } from "./requests/listApiKeys";
import { useMakeApiKey } from "./requests/makeApiKey";
import { useRemoveApiKey } from "./requests/removeApiKey";
import { apiKeysWords } from "./words";

export default function ApiKeysPage() {
  const words = useWords(apiKeysWords);
  const query = useQuery(apiKeysQuery);
  return (
    <Page title={words.title} lead={words.lead} back={{ to: "/settings", label: words.back }}>
      <MakeKey />
      <Loaded query={query} lines={2}>
        {(keys) =>
          keys.length === 0 ? (
            <p className="field__hint">{words.none}</p>
          ) : (
            <ul className="rows">
              {keys.map((key) => (
                <KeyRow key={key.id} made={key} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function MakeKey() {
  const words = useWords(apiKeysWords);
  const make = useMakeApiKey();
  const { register, handleSubmit, formState, reset } = useForm<{ name: string; scope: "read" | "write" }>({
    defaultValues: { name: "", scope: "read" },
  });
  const submit = handleSubmit(async ({ name, scope }) => {
    await make.mutateAsync({ name: name.trim(), scopes: scope === "write" ? ["read", "write"] : ["read"] });
    reset();
  });
  const key = make.data?.key;
  return (
    <Section title={words.add}>
      <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <div className="form__row">
          <TextField
            label={words.name}
            hint={words.nameHint}
            error={formState.errors.name && words.required}
            {...register("name", { validate: (name) => name.trim().length > 0 })}
          />
          <Select
            label={words.scope}
            choices={[
              { value: "read", label: words.read },
              { value: "write", label: words.write },
            ]}
            {...register("scope")}
          />
        </div>
        <FormError error={make.error} />
        <div>
          <Button type="submit" icon={<KeyRound />} isBusy={make.isPending}>
            {words.add}
          </Button>
        </div>
        {key && <OnceShown lead={words.made} text={key} copy={words.copy} copied={words.copied} />}
      </form>
    </Section>
  );
}

function KeyRow({ made }: { readonly made: Shape<"ApiKeyOut"> }) {
  const words = useWords(apiKeysWords);
  const formats = useFormats();
  const remove = useRemoveApiKey();
  const may = made.scopes.includes("write") ? words.write : words.read;
  const used = made.lastUsedAt ? words.lastUsed(formats.moment(new Date(made.lastUsedAt))) : words.neverUsed;
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {made.name}
        </p>
        <p className="rows__more">
          <bdi>{made.prefix}…</bdi> · {may} · {used}
        </p>
      </div>
      <Confirmed
        title={words.removeTitle(made.name)}
        text={words.removeLead}
        act={words.remove}
        doing={remove}
        onConfirm={() => remove.mutate(made.id)}
      >
        {(ask) => <IconButton label={words.removeOf(made.name)} icon={<Trash2 />} onClick={ask} />}
      </Confirmed>
    </li>
  );
}
