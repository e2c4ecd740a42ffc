import { useFormContext } from "react-hook-form";
import { Checkbox } from "../../components/Field";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import type { StaffMember } from "../../lib/requests/listStaff";
import type { ServiceForm } from "./form";
import { servicesWords } from "./words";

export function StaffChoice({ staff }: { readonly staff: readonly StaffMember[] }) {
  const words = useWords(servicesWords);
  const { register } = useFormContext<ServiceForm>();
  return (
    <Section title={words.who}>
      {staff.length === 0 && <p className="field__hint">{words.noStaff}</p>}
      <div className="choices__grid">
        {staff.map((person) => (
          <Checkbox
            key={person.id}
            label={<span dir="auto">{person.name}</span>}
            value={person.id}
            {...register("staffIds")}
          />
        ))}
      </div>
    </Section>
  );
}
