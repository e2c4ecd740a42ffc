/** Cancelling: what comes back is said before the button is there to be pressed. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cancel } from "../api/managed";
import { codeOf, isPassing } from "../api/request";
import type { Managed } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { Dialog } from "../layout/Dialog";
import { useCountdown } from "../layout/useCountdown";
import { refundSaid } from "./refund";

interface Props {
  readonly managed: Managed;
  readonly token: string;
  /** With what was to be given back then. */
  readonly onCancelled: (refund: Managed["refundIfCancelledNow"]) => void;
}

export function CancelPart({ managed, token, onCancelled }: Props) {
  const words = useWords();
  const formats = useFormats();
  const [isAsking, setAsking] = useState(false);
  const isOver = useCountdown(managed.canCancelUntil ?? undefined) === 0;
  if (isOver) {
    return (
      <p className="quiet">
        {words.cancelOver} {words.contact}
      </p>
    );
  }
  const until = formats.moment(managed.canCancelUntil ?? "", managed.appointment.timezone);
  return (
    <section aria-labelledby="cancel">
      <h2 id="cancel">{words.cancel}</h2>
      <p className="quiet">{words.cancelUntil(until)}</p>
      <p>{refundSaid(managed, words, formats)}</p>
      <button
        type="button"
        className="button danger"
        aria-haspopup="dialog"
        onClick={() => {
          setAsking(true);
        }}
      >
        {words.cancel}
      </button>
      {isAsking && (
        <Asked
          managed={managed}
          token={token}
          onCancelled={onCancelled}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}

function Asked({ managed, token, onCancelled, onClose }: Props & { readonly onClose: () => void }) {
  const words = useWords();
  const formats = useFormats();
  const queries = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancel(token),
    retry: (failures, error) => failures < 2 && isPassing(error), // cancelled twice is cancelled once
    onSuccess: (seen) => {
      queries.setQueryData(["managed", token], seen);
      onCancelled(managed.refundIfCancelledNow);
    },
  });
  return (
    <Dialog title={words.cancelAsk} onClose={onClose}>
      <p>{refundSaid(managed, words, formats)}</p>
      {cancelling.isError && (
        <p className="error" role="alert">
          {codeOf(cancelling.error) === "TooLate" ? `${words.cancelOver} ${words.contact}` : words.later}
        </p>
      )}
      <div className="actions">
        <button
          type="button"
          className="button danger"
          disabled={cancelling.isPending}
          onClick={() => {
            cancelling.mutate();
          }}
        >
          {cancelling.isPending ? words.cancelling : words.cancelYes}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.cancelNo}
        </button>
      </div>
    </Dialog>
  );
}
