/** After the booking: the code or the deposit that it waits for, and then that it is made. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { cancel, managedQuery } from "../api/managed";
import type { Managed } from "../api/types";
import { useWords } from "../i18n/messages";
import { useHeadingFocus } from "../layout/useHeadingFocus";
import { Waiting } from "../layout/Waiting";
import type { StepProps } from "../Wizard";
import { Code } from "./Code";
import { Done } from "./Done";
import { Facts } from "./Facts";
import { phaseOf, type Phase } from "./phase";

const Payment = lazy(() => import("../payments/Payment"));

export default function BookedStep({ page, flow }: StepProps) {
  const words = useWords();
  const token = flow.manageToken ?? "";
  const seen = useQuery(managedQuery(token));
  if (seen.isError && !seen.data) return <p role="alert">{words.maybeBooked}</p>;
  if (!seen.data) return <Waiting lines={5} />;
  const phase = phaseOf(seen.data);
  return (
    <section className="done" aria-labelledby="done">
      {phase === "done" ? (
        <Done managed={seen.data} token={token} page={page} flow={flow} />
      ) : (
        <ToDo phase={phase} managed={seen.data} token={token} page={page} flow={flow} />
      )}
    </section>
  );
}

interface ToDoProps extends Pick<StepProps, "page" | "flow"> {
  readonly phase: Exclude<Phase, "done">;
  readonly managed: Managed;
  readonly token: string;
}

/** What the booking waits for; whoever does not want it any more gives its time back. */
function ToDo({ phase, managed, token, page, flow }: ToDoProps) {
  const words = useWords();
  const heading = useHeadingFocus(phase, true);
  const letGo = async () => {
    await cancel(token).catch(() => undefined); // it ends by itself
    flow.again();
  };
  return (
    <>
      <h2 id="done" ref={heading} tabIndex={-1}>
        {phase === "code" ? words.verify : words.payment}
      </h2>
      <Facts managed={managed} page={page} />
      {phase === "code" ? (
        <Code token={token} managed={managed} />
      ) : (
        <Suspense fallback={<Waiting />}>
          <Payment token={token} page={page} />
        </Suspense>
      )}
      <button type="button" className="button quiet" onClick={() => void letGo()}>
        {words.letGo}
      </button>
    </>
  );
}
