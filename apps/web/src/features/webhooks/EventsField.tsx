import { useFormContext, useWatch } from "react-hook-form";
import { Checkbox } from "../../components/Field";
import { useWords } from "../../lib/i18n/locale";
import { EVENTS } from "./events";
import type { EndpointForm } from "./form";
import { webhooksWords } from "./words";

/** All events, or those that are ticked. */
export function EventsField() {
  const words = useWords(webhooksWords);
  const { control, register, formState } = useFormContext<EndpointForm>();
  const hasAll = useWatch({ control, name: "hasAll" });
  return (
    <fieldset className="choices">
      <legend>{words.events}</legend>
      <Checkbox label={words.everything} {...register("hasAll")} />
      {!hasAll && (
        <div className="choices__grid">
          {EVENTS.map((event) => (
            <Checkbox
              key={event}
              label={words[event]}
              value={event}
              {...register("events", { validate: (events, { hasAll }) => hasAll || events.length > 0 })}
            />
          ))}
        </div>
      )}
      {!hasAll && formState.errors.events && (
        <p className="field__error" role="alert">
          {words.choose}
        </p>
      )}
    </fieldset>
  );
}
