import { useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { Button, IconButton } from "../../components/Button";
import { TextField } from "../../components/Field";
import { inUse } from "../../lib/catalogue/units";
import { useWords } from "../../lib/i18n/locale";
import { resourcesQuery } from "../../lib/requests/listResources";
import type { ServiceForm } from "./form";
import { servicesWords } from "./words";

/** The rooms and machines that each booking takes. */
export function Needs() {
  const words = useWords(servicesWords);
  const { control, formState } = useFormContext<ServiceForm>();
  const { fields, append, remove } = useFieldArray({ control, name: "needs" });
  const { data: units } = useQuery(resourcesQuery);
  const known = useId();
  return (
    <fieldset className="choices">
      <legend>{words.needs}</legend>
      <p className="field__hint">{words.needsHint}</p>
      {fields.map((need, at) => (
        <Need key={need.id} at={at} known={known} units={units} onRemove={() => remove(at)} />
      ))}
      <datalist id={known}>
        {[...new Set(units?.map(({ kind }) => kind))].map((kind) => (
          <option key={kind} value={kind} />
        ))}
      </datalist>
      {formState.errors.needs?.root && <p className="field__error">{words.kindOnce}</p>}
      <div>
        <Button icon={<Plus />} onClick={() => append({ kind: "", quantity: 1 })}>
          {words.addNeed}
        </Button>
      </div>
    </fieldset>
  );
}

interface NeedProps {
  readonly at: number;
  /** The list of kinds that there are. */
  readonly known: string;
  /** Undefined while it is not known what there is. */
  readonly units: Parameters<typeof inUse>[0] | undefined;
  readonly onRemove: () => void;
}

function Need({ at, known, units, onRemove }: NeedProps) {
  const words = useWords(servicesWords);
  const { control, register, formState } = useFormContext<ServiceForm>();
  const kind = useWatch({ control, name: `needs.${at}.kind` });
  const wrong = formState.errors.needs?.[at];
  return (
    <div className="need">
      <TextField
        label={words.needKind}
        list={known}
        autoComplete="off"
        hint={<Supply kind={kind.trim()} units={units} />}
        error={wrong?.kind && words.required}
        {...register(`needs.${at}.kind`)}
      />
      <TextField
        label={words.needQuantity}
        type="number"
        min={1}
        max={100}
        error={wrong?.quantity && words.range(1, 100)}
        {...register(`needs.${at}.quantity`, { valueAsNumber: true })}
      />
      <IconButton label={words.removeNeed(kind)} icon={<Trash2 />} onClick={onRemove} />
    </div>
  );
}

function Supply({ kind, units }: Pick<NeedProps, "units"> & { readonly kind: string }) {
  const words = useWords(servicesWords);
  if (!units || !kind) return null;
  const count = inUse(units, kind);
  return count > 0 ? words.inUse(count) : words.noneInUse;
}
