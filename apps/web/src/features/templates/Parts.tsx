import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import { Button } from "../../components/Button";
import { Field, TextField } from "../../components/Field";
import { useWords } from "../../lib/i18n/locale";
import { PARTS, type TemplateForm } from "./form";
import type { Template } from "./requests/listTemplates";
import type { Flaws } from "./TemplateEditor";
import { templatesWords } from "./words";

interface PartsProps {
  readonly template: Template;
  readonly wrong: Flaws | undefined;
}

/** What can be written of a template, and the words that may stand in it. */
export function Parts({ template, wrong }: PartsProps) {
  const words = useWords(templatesWords);
  const { register, setValue } = useFormContext<TemplateForm>();
  const last = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const isEmail = template.channel === "email";
  const insert = (word: string) => {
    const field = last.current;
    const part = PARTS.find((each) => each === field?.name);
    if (!field || !part) return;
    field.setRangeText(`{{ ${word} }}`, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
    setValue(part, field.value, { shouldDirty: true });
    field.focus();
  };
  return (
    <div
      className="form"
      onFocus={({ target }) => {
        if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) last.current = target;
      }}
    >
      {isEmail && (
        <>
          <TextField label={words.subject} maxLength={300} error={wrong?.subject} {...register("subject")} />
          <Field label={words.body} hint={words.bodyHint} error={wrong?.body}>
            {(described) => (
              <textarea
                {...described}
                {...register("body")}
                className="field__control code template__body"
                dir="ltr"
                rows={16}
                spellCheck={false}
              />
            )}
          </Field>
        </>
      )}
      <Field label={isEmail ? words.plainText : words.text} error={wrong?.text}>
        {(described) => (
          <textarea {...described} {...register("text")} className="field__control" dir="auto" rows={isEmail ? 8 : 6} />
        )}
      </Field>
      <fieldset className="choices">
        <legend>{words.words}</legend>
        <p className="field__hint">{words.wordsHint}</p>
        <div className="template__chips">
          {template.words.map((word) => (
            <Button key={word} className="code" aria-label={words.insert(word)} onClick={() => insert(word)}>
              <bdi dir="ltr">{word}</bdi>
            </Button>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
