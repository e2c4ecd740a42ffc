import { CalendarPlus } from "lucide-react";
import { useMemo, useState, type SyntheticEvent } from "react";
import { Button } from "../../components/Button";
import { Select } from "../../components/Field";
import { InTheWay } from "../../components/inTheWay/InTheWay";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { countries, countryOf } from "../../lib/time/countries";
import { useImportHolidays } from "./requests/importHolidays";
import { closuresWords } from "./words";

const YEARS = 3;

/** A year of a country's public holidays at once. */
export function Holidays({ today }: { readonly today: string }) {
  const words = useWords(closuresWords);
  const locale = useLocale();
  const { currency } = useMe().business;
  const year = Number(today.slice(0, 4));
  const bring = useImportHolidays();
  const [wanted, setWanted] = useState({ country: countryOf(currency) ?? "", year });
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const places = useMemo(() => countries(locale), [locale]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!wanted.country) return;
    bring.mutate(wanted, {
      onSuccess: (brought) => {
        toast({ kind: "done", text: words.brought(brought.items.length), detail: words.known(brought.known) });
        setConflicts(brought.conflicts);
      },
    });
  };
  return (
    <Section title={words.holidays} lead={words.holidaysLead}>
      <form className="form" noValidate onSubmit={submit}>
        <div className="form__row">
          <Select
            label={words.country}
            value={wanted.country}
            choices={wanted.country ? places : [{ value: "", label: words.chooseCountry }, ...places]}
            onChange={(event) => setWanted({ ...wanted, country: event.target.value })}
          />
          <Select
            label={words.year}
            value={String(wanted.year)}
            choices={Array.from({ length: YEARS }, (_, ahead) => String(year + ahead)).map((each) => ({
              value: each,
              label: each,
            }))}
            onChange={(event) => setWanted({ ...wanted, year: Number(event.target.value) })}
          />
        </div>
        <FormError error={bring.error} />
        <div>
          <Button type="submit" icon={<CalendarPlus />} isBusy={bring.isPending}>
            {words.bring}
          </Button>
        </div>
      </form>
      <InTheWay conflicts={conflicts} onClose={() => setConflicts([])} />
    </Section>
  );
}
