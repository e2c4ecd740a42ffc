/** The six digits from the mail, which prove that the address is the guest's. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { verify } from "../api/managed";
import { codeOf, isPassing, Refused } from "../api/request";
import type { Managed } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import type { Messages } from "../i18n/en";
import { useCountdown } from "../layout/useCountdown";

const SHAPE = /^\d{6}$/;

interface Props {
  readonly token: string;
  readonly managed: Managed;
}

export function Code({ token, managed }: Props) {
  const words = useWords();
  const { countdown } = useFormats();
  const id = useId();
  const [typed, setTyped] = useState("");
  const { send, isSending, error } = useCode(token);
  const seconds = useCountdown(managed.verification?.expiresAt);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(typed.replaceAll(/\s/g, ""));
      }}
    >
      <p>{words.verifyWhy(countdown(seconds ?? 0))}</p>
      <div className="field">
        <label htmlFor={id}>{words.code}</label>
        <input
          id={id}
          dir="ltr"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={typed}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-error`}
          onChange={({ target }) => {
            setTyped(target.value);
          }}
        />
        <p id={`${id}-error`} className="error" role="alert">
          {error}
        </p>
      </div>
      <button type="submit" className="button main" disabled={isSending}>
        {words.confirmCode}
      </button>
    </form>
  );
}

/** Sends what looks like a code, and says what is wrong with what does not, or with what was sent. */
function useCode(token: string): { send: (code: string) => void; isSending: boolean; error: string | undefined } {
  const words = useWords();
  const queries = useQueryClient();
  const [isShapeless, setShapeless] = useState(false);
  const sent = useMutation({
    mutationFn: (code: string) => verify(token, code),
    onSuccess: (seen) => {
      queries.setQueryData(["managed", token], seen);
    },
    onError: async (error) => {
      if (codeOf(error) !== "WrongCode") await queries.invalidateQueries({ queryKey: ["managed", token] });
    },
  });
  const send = (code: string) => {
    setShapeless(!SHAPE.test(code));
    if (SHAPE.test(code)) sent.mutate(code);
  };
  const refused = sent.isError ? saidOf(sent.error, words) : undefined;
  return { send, isSending: sent.isPending, error: isShapeless ? words.codeShape : refused };
}

function saidOf(error: unknown, words: Messages): string {
  if (error instanceof Refused && error.problem.triesLeft !== undefined)
    return words.wrongCode(error.problem.triesLeft);
  return isPassing(error) ? words.later : words.bookingEnded;
}
