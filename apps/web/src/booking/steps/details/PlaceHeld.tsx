/** For how long the time is still kept; and when it is not any more, whether to keep it again. */

import type { UseQueryResult } from "@tanstack/react-query";
import { release } from "../../api/hold";
import type { Hold } from "../../api/types";
import type { Flow } from "../../flow/useFlow";
import { useWords } from "../../i18n/messages";
import { Countdown } from "../../layout/Countdown";
import { Dialog } from "../../layout/Dialog";
import { useCountdown } from "../../layout/useCountdown";
import { lostTime } from "./refusals";

interface Props {
  readonly hold: UseQueryResult<Hold>;
  readonly flow: Flow;
  readonly slug: string;
  /** Whether the booking is on its way: it goes on with the hold that it was sent with. */
  readonly isBooking: boolean;
}

export function PlaceHeld({ hold, flow, slug, isBooking }: Props) {
  const words = useWords();
  const seconds = useCountdown(hold.data?.expiresAt);
  if (hold.isError && !lostTime(hold.error)) {
    return (
      <p className="notice" role="status">
        {words.notHeld}
      </p>
    );
  }
  if (seconds === undefined) {
    return (
      <p className="countdown" role="status">
        {words.holding}
      </p>
    );
  }
  return (
    <>
      <Countdown seconds={seconds} says={words.heldFor} />
      {seconds === 0 && !isBooking && <Over flow={flow} slug={slug} token={hold.data?.holdToken} />}
    </>
  );
}

interface OverProps extends Pick<Props, "flow" | "slug"> {
  readonly token: string | undefined;
}

function Over({ flow, slug, token }: OverProps) {
  const words = useWords();
  const keepAgain = async () => {
    // By a clock that is slow it is kept still, and would be in its own way.
    if (token !== undefined) await release(slug, token);
    flow.store.getState().holdAnew();
  };
  return (
    <Dialog title={words.holdOver}>
      <p>{words.holdOverWhy}</p>
      <div className="actions">
        <button type="button" className="button main" onClick={keepAgain}>
          {words.keepAgain}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            flow.goTo("time");
          }}
        >
          {words.otherTime}
        </button>
      </div>
    </Dialog>
  );
}
