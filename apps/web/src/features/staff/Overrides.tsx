import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { IconButton } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { rangeText } from "../../components/week/WeekPicture";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { at, dayOf } from "../../lib/time/zone";
import { AddOverride } from "./AddOverride";
import { overridesQuery } from "./requests/listOverrides";
import { useRemoveOverride } from "./requests/removeOverride";
import { staffWords } from "./words";

export function Overrides({ staffId }: { readonly staffId: string }) {
  const words = useWords(staffWords);
  const zone = useBusinessZone();
  const query = useQuery(overridesQuery(staffId, dayOf(zone, new Date())));
  return (
    <Section title={words.overrides}>
      <Loaded query={query} lines={2}>
        {(items) =>
          items.length === 0 ? (
            <p className="field__hint">{words.noOverrides}</p>
          ) : (
            <ul className="rows">
              {items.map((item) => (
                <OverrideRow key={item.date} override={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <AddOverride staffId={staffId} />
    </Section>
  );
}

function OverrideRow({ override }: { readonly override: Shape<"Override"> }) {
  const words = useWords(staffWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const remove = useRemoveOverride(override.staffId);
  const date = formats.day(at(zone, override.date));
  const hours = override.blocks.map(rangeText).join(", ") || words.worksNot;
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title">{date}</p>
        <p className="rows__more" dir="auto">
          {[hours, override.reason].filter(Boolean).join(" · ")}
        </p>
        <FormError error={remove.error} />
      </div>
      <IconButton
        label={words.remove(date)}
        icon={<Trash2 />}
        isBusy={remove.isPending}
        onClick={() => remove.mutate(override.date)}
      />
    </li>
  );
}
