/** Somebody else has the time: the three nearest that are free, one press away, with the form as it is. */

import type { Problem } from "../../api/request";
import type { Page } from "../../api/types";
import type { Flow } from "../../flow/useFlow";
import { useWords } from "../../i18n/messages";
import { Dialog } from "../../layout/Dialog";
import { useMoment } from "../../time/useZones";

const MOST_SHOWN = 3;

interface Props {
  readonly problem: Problem;
  readonly page: Page;
  readonly flow: Flow;
  /** Nothing is wrong any more. */
  readonly onLeave: () => void;
}

export function LostTime({ problem, page, flow, onLeave }: Props) {
  const words = useWords();
  const moment = useMoment(page, flow.store);
  const nearest = (problem.alternatives ?? []).slice(0, MOST_SHOWN);
  const leaveFor = (start: string | undefined) => {
    onLeave();
    if (start !== undefined) flow.choose({ start });
    else flow.goTo("time");
  };
  return (
    <Dialog title={problem.code === "SlotTaken" ? words.lostTime : words.notBookable}>
      <p>{nearest.length > 0 ? words.lostTimeWhy : words.noAlternatives}</p>
      <div className="actions">
        {nearest.map(({ start }) => (
          <button
            key={start}
            type="button"
            className="button"
            onClick={() => {
              leaveFor(start);
            }}
          >
            {moment(start).first}
          </button>
        ))}
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            leaveFor(undefined);
          }}
        >
          {words.otherTime}
        </button>
      </div>
    </Dialog>
  );
}
