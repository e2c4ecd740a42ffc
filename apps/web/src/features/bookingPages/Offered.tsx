import { useFormContext, useWatch } from "react-hook-form";
import { Checkbox } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { Service } from "../../lib/requests/listServices";
import type { StaffMember } from "../../lib/requests/listStaff";
import type { BookingPageForm } from "./form";
import { bookingPagesWords } from "./words";

interface OfferedProps {
  readonly services: readonly Service[];
  readonly staff: readonly StaffMember[];
}

export function Offered({ services, staff }: OfferedProps) {
  const words = useWords(bookingPagesWords);
  return (
    <Section title={words.offered}>
      <Some legend={words.services} all={words.allServices} flag="hasAllServices" name="serviceIds" of={services} />
      <Some legend={words.staff} all={words.allStaff} flag="hasAllStaff" name="staffIds" of={staff} />
    </Section>
  );
}

interface SomeProps {
  readonly legend: string;
  readonly all: string;
  readonly flag: "hasAllServices" | "hasAllStaff";
  readonly name: "serviceIds" | "staffIds";
  readonly of: readonly { readonly id: string; readonly name: string }[];
}

/** All of them, or those that are ticked. */
function Some({ legend, all, flag, name, of }: SomeProps) {
  const { control, register } = useFormContext<BookingPageForm>();
  const hasAll = useWatch({ control, name: flag });
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      <Checkbox label={all} {...register(flag)} />
      {!hasAll && (
        <div className="choices__grid">
          {of.map((each) => (
            <Checkbox key={each.id} label={<span dir="auto">{each.name}</span>} value={each.id} {...register(name)} />
          ))}
        </div>
      )}
    </fieldset>
  );
}
