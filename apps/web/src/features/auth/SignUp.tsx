import { useForm, type UseFormRegister } from "react-hook-form";
import { Link, useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Select, TextField } from "../../components/Field";
import { FormError } from "../../components/states";
import { isProblem } from "../../lib/api/problem";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { CURRENCIES, ownTimezone, TIMEZONES } from "../../lib/time/places";
import { useSignUp } from "./signUp";
import { Welcome } from "./Welcome";
import { authWords } from "./words";

interface Written {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly business: string;
  readonly timezone: string;
  readonly currency: string;
}

const SHORTEST_PASSWORD = 10;

export function SignUp() {
  const words = useWords(authWords);
  const locale = useLocale();
  const navigate = useNavigate();
  const signUp = useSignUp();
  const { register, handleSubmit, formState } = useForm<Written>({
    defaultValues: { timezone: ownTimezone(), currency: "AED" },
  });
  const submit = handleSubmit(({ business, timezone, currency, ...owner }) =>
    signUp.mutate(
      { ...owner, business: { name: business, timezone, currency, locale } },
      { onSuccess: () => void navigate("/", { replace: true }) },
    ),
  );
  const { errors } = formState;
  const wrong = (field: keyof Written, pointer: string) =>
    errors[field]?.message ?? (isProblem(signUp.error) ? signUp.error.at(pointer) : undefined);
  return (
    <Welcome
      title={words.signUpTitle}
      lead={words.signUpLead}
      footer={
        <>
          {words.haveAccount} <Link to="/sign-in">{words.signIn}</Link>
        </>
      }
    >
      <form className="form" noValidate onSubmit={submit}>
        <FormError error={signUp.error} />
        <TextField
          label={words.businessName}
          autoComplete="organization"
          error={wrong("business", "/business/name")}
          {...register("business", { required: words.required })}
        />
        <TextField
          label={words.yourName}
          autoComplete="name"
          error={wrong("name", "/name")}
          {...register("name", { required: words.required })}
        />
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          error={wrong("email", "/email")}
          {...register("email", {
            required: words.required,
            pattern: { value: /^\S+@\S+$/, message: words.notAnEmail },
          })}
        />
        <TextField
          label={words.password}
          type="password"
          autoComplete="new-password"
          hint={words.passwordHint}
          error={wrong("password", "/password")}
          {...register("password", {
            required: words.required,
            minLength: { value: SHORTEST_PASSWORD, message: words.tooShort },
          })}
        />
        <Place register={register} wrong={wrong} />
        <Button type="submit" kind="primary" isBusy={signUp.isPending}>
          {words.signUp}
        </Button>
      </form>
    </Welcome>
  );
}

interface PlaceProps {
  readonly register: UseFormRegister<Written>;
  readonly wrong: (field: keyof Written, pointer: string) => string | undefined;
}

function Place({ register, wrong }: PlaceProps) {
  const words = useWords(authWords);
  return (
    <div className="form__row">
      <Select
        label={words.timezone}
        choices={TIMEZONES}
        error={wrong("timezone", "/business/timezone")}
        {...register("timezone")}
      />
      <Select
        label={words.currency}
        choices={CURRENCIES}
        error={wrong("currency", "/business/currency")}
        {...register("currency")}
      />
    </div>
  );
}
