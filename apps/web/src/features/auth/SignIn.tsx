import { useForm } from "react-hook-form";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { useSignIn } from "./signIn";
import { Welcome } from "./Welcome";
import { authWords } from "./words";

interface Written {
  readonly email: string;
  readonly password: string;
}

export function SignIn() {
  const words = useWords(authWords);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const signIn = useSignIn();
  const { register, handleSubmit, formState } = useForm<Written>();
  const submit = handleSubmit((written) =>
    signIn.mutate(written, { onSuccess: () => void navigate(ownPath(search.get("to")), { replace: true }) }),
  );
  const { errors } = formState;
  return (
    <Welcome
      title={words.signInTitle}
      footer={
        <>
          {words.noAccount} <Link to="/sign-up">{words.signUp}</Link>
        </>
      }
    >
      <form className="form" noValidate onSubmit={submit}>
        <FormError error={signIn.error} />
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          error={errors.email?.message}
          {...register("email", { required: words.required })}
        />
        <TextField
          label={words.password}
          type="password"
          autoComplete="current-password"
          error={errors.password?.message}
          {...register("password", { required: words.required })}
        />
        <Button type="submit" kind="primary" isBusy={signIn.isPending}>
          {words.signIn}
        </Button>
      </form>
    </Welcome>
  );
}

/** Where somebody wanted to go, if that is one of our own pages. */
function ownPath(wanted: string | null): string {
  return wanted && /^\/(?![/\\])/.test(wanted) ? wanted : "/";
}
