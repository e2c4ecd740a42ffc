import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { IconButton } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import type { Formats } from "../../lib/time/format";
import { spanText } from "../../lib/time/span";
import { at, type Zone } from "../../lib/time/zone";
import { AddTimeOff } from "./AddTimeOff";
import { timeOffQuery } from "./requests/listTimeOff";
import { useRemoveTimeOff } from "./requests/removeTimeOff";
import { staffWords } from "./words";

export function TimeOff({ staffId }: { readonly staffId: string }) {
  const words = useWords(staffWords);
  const query = useQuery(timeOffQuery(staffId));
  return (
    <Section title={words.timeOff}>
      <Loaded query={query} lines={2}>
        {(items) =>
          items.length === 0 ? (
            <p className="field__hint">{words.noTimeOff}</p>
          ) : (
            <ul className="rows">
              {items.map((item) => (
                <TimeOffRow key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <AddTimeOff staffId={staffId} />
    </Section>
  );
}

function TimeOffRow({ item }: { readonly item: Shape<"TimeOffShown"> }) {
  const words = useWords(staffWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const remove = useRemoveTimeOff();
  const shown = item.occurrences[0] ?? item;
  const span = spanText(new Date(shown.start), new Date(shown.end), zone, formats);
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title">{span}</p>
        <p className="rows__more" dir="auto">
          {[item.weekly && weeklyText(item.weekly, words, formats, zone), item.reason].filter(Boolean).join(" · ")}
        </p>
        <FormError error={remove.error} />
      </div>
      <IconButton
        label={words.remove(span)}
        icon={<Trash2 />}
        isBusy={remove.isPending}
        onClick={() => remove.mutate(item.id)}
      />
    </li>
  );
}

function weeklyText(weekly: Shape<"Weekly">, words: (typeof staffWords)["en"], formats: Formats, zone: Zone): string {
  return weekly.until ? words.weeklyUntil(formats.day(at(zone, weekly.until))) : words.weeklyAlways;
}
