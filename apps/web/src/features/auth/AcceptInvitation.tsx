import { useForm } from "react-hook-form";
import { Link, useLocation, useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { useAcceptInvitation } from "./acceptance";
import { Welcome } from "./Welcome";
import { authWords } from "./words";

interface Written {
  readonly name: string;
  readonly password: string;
}

/** Behind the link of an invitation. Its token stands behind `#`, which is sent to no server. */
export default function AcceptInvitation() {
  const words = useWords(authWords);
  const navigate = useNavigate();
  const token = new URLSearchParams(useLocation().hash.slice(1)).get("token");
  const accept = useAcceptInvitation();
  const { register, handleSubmit, formState } = useForm<Written>({ defaultValues: { name: "", password: "" } });
  const submit = handleSubmit(({ name, password }) =>
    accept.mutate(
      { token: token ?? "", password, ...(name.trim() ? { name: name.trim() } : {}) },
      { onSuccess: () => void navigate("/calendar", { replace: true }) },
    ),
  );
  return (
    <Welcome
      title={words.acceptTitle}
      lead={token ? words.acceptLead : words.noToken}
      footer={
        <>
          {words.haveAccount} <Link to="/sign-in">{words.signIn}</Link>
        </>
      }
    >
      {token && (
        <form className="form" noValidate onSubmit={submit}>
          <FormError error={accept.error} />
          <TextField label={words.yourName} autoComplete="name" hint={words.nameHint} {...register("name")} />
          <TextField
            label={words.password}
            type="password"
            autoComplete="new-password"
            hint={words.passwordHint}
            error={formState.errors.password?.message}
            {...register("password", { required: words.required })}
          />
          <Button type="submit" kind="primary" isBusy={accept.isPending}>
            {words.accept}
          </Button>
        </form>
      )}
    </Welcome>
  );
}
