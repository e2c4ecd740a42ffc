/** The step at which a time is chosen, or a place in line where none suits. */

import { lazy, Suspense, useState } from "react";
import { useWords } from "../../i18n/messages";
import { Waiting } from "../../layout/Waiting";
import type { StepProps } from "../../Wizard";
import { Times } from "./Times";

const WaitForm = lazy(() => import("../../waiting/WaitForm"));

export function TimeStep({ page, services, flow }: StepProps) {
  const words = useWords();
  const [isWaiting, setWaiting] = useState(false);
  if (isWaiting) {
    return (
      <Suspense fallback={<Waiting />}>
        <WaitForm
          page={page}
          flow={flow}
          onClose={() => {
            setWaiting(false);
          }}
        />
      </Suspense>
    );
  }
  return (
    <>
      <Times page={page} services={services} flow={flow} />
      <p className="quiet">
        {words.notTheRightTime}{" "}
        <button
          type="button"
          className="link"
          onClick={() => {
            setWaiting(true);
          }}
        >
          {words.joinWaitingList}
        </button>
      </p>
    </>
  );
}
