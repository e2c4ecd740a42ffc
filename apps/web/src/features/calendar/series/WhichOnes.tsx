import { useState, type SyntheticEvent } from "react";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { ScopeChoice } from "../../../components/series/ScopeChoice";
import { FormError } from "../../../components/states";
import { titleOf } from "../../../lib/appointments/names";
import type { Scope } from "../../../lib/appointments/scope";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import { useAhead } from "../ahead";
import type { Moves } from "../useMove";
import { MoveAgain } from "./MoveAgain";
import type { SeriesOrder } from "./moveSeries";
import { Refused } from "./Refused";
import type { Dropped } from "./useHandMove";
import { useMoveSeries } from "./useMoveSeries";
import { seriesWords } from "./words";

interface WhichOnesProps extends Moves {
  readonly dropped: Dropped;
  readonly staff: readonly StaffMember[];
  readonly onAnswered: () => void;
}

/** One of a series was dropped elsewhere: whether it alone is meant. */
export function WhichOnes({ dropped: { appointment, to }, staff, move, moveSeries, onAnswered }: WhichOnesProps) {
  const words = useWords(seriesWords);
  const formats = useFormats();
  const [scope, setScope] = useState<Scope>("this");
  const series = useMoveSeries(moveSeries);
  const choose = (chosen: Scope) => {
    setScope(chosen);
    series.reset();
  };
  const putBack = () => {
    useAhead.getState().revert(appointment.id);
    onAnswered();
  };
  const submit = (allow: SeriesOrder["allow"]) => {
    if (scope !== "this") series.mutate({ appointment, to, scope, allow }, { onSuccess: onAnswered });
    else {
      onAnswered();
      void move(appointment, to);
    }
  };
  return (
    <Dialog title={words.moveThis(titleOf(appointment))} onClose={putBack}>
      <form
        className="form"
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          submit([]);
        }}
      >
        {series.refused.length > 0 ? <Refused refused={series.refused} /> : <FormError error={series.error} />}
        <p>
          {formats.day(to.start)}, {formats.timeRange(to.start, to.end)}
          {to.staffId !== appointment.staffId && (
            <>
              {" · "}
              <bdi>{staff.find(({ id }) => id === to.staffId)?.name}</bdi>
            </>
          )}
        </p>
        <ScopeChoice scope={scope} choose={choose} isFirst />
        <div className="form__actions">
          <Button onClick={putBack}>{words.putBack}</Button>
          <MoveAgain series={series} again={submit} />
          <Button type="submit" kind="primary" isBusy={series.isPending}>
            {words.move}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
