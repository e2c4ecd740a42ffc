/** What a guest is asked: who they are, the questions of the page, and whether they want to be sent news. */

import { useFormContext } from "react-hook-form";
import type { Page, Question } from "../../api/types";
import { useWords } from "../../i18n/messages";
import { Field, useTold } from "./Field";
import { Phone } from "./Phone";
import type { Details } from "./schema";

interface Props {
  readonly page: Page;
  readonly questions: readonly Question[];
}

export function Fields({ page, questions }: Props) {
  const words = useWords();
  const { register } = useFormContext<Details>();
  return (
    <>
      <Who />
      {questions.map((question) => (
        <Asked key={question.id} question={question} />
      ))}
      <Field name="notes" label={words.notes} isOptional>
        {(field) => <textarea {...field} {...register("notes")} rows={3} />}
      </Field>
      <OptIn page={page} />
    </>
  );
}

/** Name, email and phone. */
export function Who() {
  const words = useWords();
  const { register } = useFormContext<Details>();
  const name = register("name"); // in this order they get the focus when they are wrong
  const email = useTold("email");
  return (
    <>
      <Field name="name" label={words.name}>
        {(field) => <input {...field} {...name} autoComplete="name" required />}
      </Field>
      <Field name="email" label={words.email}>
        {(field) => (
          <input {...field} {...email} type="email" inputMode="email" autoComplete="email" dir="ltr" required />
        )}
      </Field>
      <Phone />
    </>
  );
}

function OptIn({ page }: Pick<Props, "page">) {
  const words = useWords();
  const { register } = useFormContext<Details>();
  return (
    <label className="check">
      <input type="checkbox" {...register("optIn")} />
      <span>
        <span dir="auto">{words.optIn(page.businessName)}</span>
        <small className="quiet">{words.optInMore}</small>
      </span>
    </label>
  );
}

function Asked({ question }: { readonly question: Question }) {
  const words = useWords();
  const { register } = useFormContext<Details>();
  const name = `answers.${question.id}` as const;
  if (question.kind === "checkbox") return <AskedYes question={question} />;
  return (
    <Field name={name} label={question.label} isOptional={!question.required}>
      {(field) =>
        question.kind === "choice" ? (
          <select {...field} {...register(name)} required={question.required}>
            <option value="">{words.choose}</option>
            {question.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        ) : (
          <input {...field} {...register(name)} required={question.required} />
        )
      }
    </Field>
  );
}

function AskedYes({ question }: { readonly question: Question }) {
  const { register, getFieldState, formState } = useFormContext<Details>();
  const name = `answers.${question.id}` as const;
  const { error } = getFieldState(name, formState);
  const told = `${name}-error`;
  return (
    <div className="field">
      <label className="check">
        <input
          type="checkbox"
          {...register(name)}
          aria-invalid={error !== undefined}
          aria-describedby={error && told}
          required={question.required}
        />
        <span dir="auto">{question.label}</span>
      </label>
      {error && (
        <p id={told} className="error">
          {error.message}
        </p>
      )}
    </div>
  );
}
