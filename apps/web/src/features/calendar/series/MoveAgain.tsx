import { Button } from "../../../components/Button";
import { ALLOWABLE } from "../../../lib/conflicts/conflicts";
import { useWords } from "../../../lib/i18n/locale";
import type { SeriesOrder } from "./moveSeries";
import type { useMoveSeries } from "./useMoveSeries";
import { seriesWords } from "./words";

interface MoveAgainProps {
  readonly series: ReturnType<typeof useMoveSeries>;
  readonly again: (allow: SeriesOrder["allow"]) => void;
}

/** What else can be done when some of a series cannot be had where they would be. */
export function MoveAgain({ series, again }: MoveAgainProps) {
  const words = useWords(seriesWords);
  if (series.refused.length === 0) return null;
  return (
    <>
      <Button onClick={() => again(["skipConflicts"])}>{words.moveRest}</Button>
      {series.canAllow && <Button onClick={() => again([...ALLOWABLE])}>{words.moveAllAnyway}</Button>}
    </>
  );
}
