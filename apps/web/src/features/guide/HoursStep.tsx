import { useState, type SyntheticEvent } from "react";
import { WeekEditor } from "../../components/week/WeekEditor";
import { blocksOf, isSound, totalMinutes } from "../../lib/hours/week";
import { useWords } from "../../lib/i18n/locale";
import { useSaveHours } from "../../lib/requests/saveHours";
import { useMe } from "../../lib/session/me";
import { useDraftedWeek } from "./draft";
import type { StepProps } from "./GuidePage";
import { StepForm } from "./StepForm";
import { usualWeek } from "./suggestions";
import { guideWords } from "./words";

/** The hours that everybody begins with. Who is there already gets them at once, whoever is added next gets them then. */
export function HoursStep({ staff, onBack, onDone }: StepProps) {
  const words = useWords(guideWords);
  const { business } = useMe();
  const [drafted, keep] = useDraftedWeek(business.id);
  const [week, setWeek] = useState(drafted ?? usualWeek(business.timezone));
  const [isEmpty, setEmpty] = useState(false);
  const save = useSaveHours();
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setEmpty(totalMinutes(week) === 0);
    if (totalMinutes(week) === 0 || !isSound(week)) return;
    keep(week);
    for (const { id } of staff) await save.mutateAsync({ staffId: id, blocks: blocksOf(week) });
    onDone();
  };
  return (
    <StepForm
      title={words.hoursTitle}
      lead={words.hoursLead}
      error={save.error}
      isBusy={save.isPending}
      onBack={onBack}
      onSubmit={(event) => void submit(event).catch(ignore)}
    >
      <WeekEditor week={week} onChange={setWeek} />
      {isEmpty && (
        <p className="field__error" role="alert">
          {words.noHours}
        </p>
      )}
    </StepForm>
  );
}

/** What a request says is shown from its mutation. */
function ignore(): void {
  // Nothing more to do about it.
}
