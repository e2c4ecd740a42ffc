/** The free times of whom the appointment is with; the chosen one is asked about before anything is moved. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { reschedule } from "../api/managed";
import { codeOf, isPassing } from "../api/request";
import type { Managed, Page, Service } from "../api/types";
import { storeOf, type Store } from "../flow/store";
import { useWords } from "../i18n/messages";
import { Dialog } from "../layout/Dialog";
import { lostTime } from "../steps/details/refusals";
import { Times } from "../steps/time/Times";
import { useMoment } from "../time/useZones";

interface Props {
  readonly managed: Managed;
  readonly token: string;
  readonly page: Page;
  readonly services: readonly Service[];
  readonly onMoved: () => void;
  readonly onLeave: () => void;
}

export function NewTime({ managed, token, page, services, onMoved, onLeave }: Props) {
  const words = useWords();
  const { serviceId, staffId, start } = managed.appointment;
  const [store] = useState(() => storeOf(page.slug));
  const [wanted, setWanted] = useState<string>();
  const flow = {
    store,
    choices: { serviceId, staffId, start },
    date: undefined,
    choose: (changed: { readonly start?: string | undefined }) => {
      setWanted(changed.start);
    },
  };
  return (
    <div className="times-of">
      <button type="button" className="button" onClick={onLeave}>
        {words.keepTime}
      </button>
      <Times page={page} services={services} flow={flow} />
      {wanted !== undefined && (
        <Asked start={wanted} page={page} store={store} token={token} onMoved={onMoved} onChange={setWanted} />
      )}
    </div>
  );
}

interface AskedProps extends Pick<Props, "page" | "token" | "onMoved"> {
  readonly start: string;
  readonly store: Store;
  /** Another time is wanted, or none. */
  readonly onChange: (start: string | undefined) => void;
}

function Asked({ start, page, store, token, onMoved, onChange }: AskedProps) {
  const words = useWords();
  const queries = useQueryClient();
  const { first, second } = useMoment(page, store)(start);
  const moving = useMutation({
    mutationFn: () => reschedule(token, start, null),
    retry: (failures, error) => failures < 2 && isPassing(error), // where it is already, it stays
    onSuccess: (seen) => {
      queries.setQueryData(["managed", token], seen);
      onMoved();
    },
    onError: () => queries.invalidateQueries({ queryKey: ["slots"] }),
  });
  const close = () => {
    onChange(undefined);
  };
  return (
    <Dialog title={words.rescheduleTo(first)} onClose={close}>
      {second !== undefined && <p className="quiet">{second}</p>}
      {moving.isError && <Refusal error={moving.error} />}
      <div className="actions">
        <button
          type="button"
          className="button main"
          disabled={moving.isPending}
          onClick={() => {
            moving.mutate();
          }}
        >
          {words.reschedule}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.otherTime}
        </button>
      </div>
    </Dialog>
  );
}

function Refusal({ error }: { readonly error: unknown }) {
  const words = useWords();
  const said = lostTime(error) ? words.lostTime : codeOf(error) === "TooLate" ? words.rescheduleOver : words.later;
  return (
    <p className="error" role="alert">
      {said}
    </p>
  );
}
