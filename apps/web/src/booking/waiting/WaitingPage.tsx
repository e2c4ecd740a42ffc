/** The place in line of whoever has the link, and what is offered to them. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { pageQuery } from "../api/readPage";
import { codeOf } from "../api/request";
import type { Page, Waiting as Seen } from "../api/types";
import { accept, leave, waitingQuery } from "../api/waiting";
import { useWords } from "../i18n/messages";
import type { Messages } from "../i18n/en";
import { Brand, PlaceAndPolicy } from "../layout/PageParts";
import { Waiting } from "../layout/Waiting";
import { ownZone } from "../time/zones";
import { NoSuch } from "../manage/ManagePage";
import { For } from "./For";
import { Offer } from "./Offer";
import { saidOfWaiting } from "./refusals";

interface Props {
  readonly token: string;
  /** Of the page; undefined when it is gone. */
  readonly slug: string | undefined;
}

const LOOK_EVERY = 30_000; // milliseconds

export default function WaitingPage({ token, slug }: Props) {
  const words = useWords();
  const seen = useQuery({ ...waitingQuery(token), refetchInterval: LOOK_EVERY });
  const { data: page } = useQuery({ ...pageQuery(slug ?? ""), enabled: slug !== undefined });
  if (codeOf(seen.error) === "NotFound") return <NoSuch title={words.waitNotFound} />;
  if (seen.isError && !seen.data) throw seen.error;
  return (
    <div className="page wizard">
      {page && <Brand page={page} />}
      <main>{seen.data ? <Shown seen={seen.data} token={token} page={page} /> : <Waiting />}</main>
      <aside>{page && <PlaceAndPolicy page={page} />}</aside>
    </div>
  );
}

interface ShownProps {
  readonly seen: Seen;
  readonly token: string;
  readonly page: Page | undefined;
}

const TITLES: Readonly<Record<Seen["waiting"]["state"], (words: Messages) => string>> = {
  waiting: (words) => words.waiting,
  offered: (words) => words.offered,
  accepted: (words) => words.accepted,
  expired: (words) => words.waitOver,
  withdrawn: (words) => words.left,
};

function Shown({ seen, token, page }: ShownProps) {
  const words = useWords();
  const { accepting, leaving } = useAnswers(token);
  const { state } = seen.waiting;
  const failed = accepting.error ?? leaving.error;
  const isBusy = accepting.isPending || leaving.isPending;
  return (
    <div className="done">
      <h1>{TITLES[state](words)}</h1>
      {seen.offer && <Offer offer={seen.offer} isBusy={isBusy} accept={accepting.mutate} />}
      {state === "waiting" && <What seen={seen} page={page} />}
      {failed && (
        <p className="error" role="alert">
          {saidOfWaiting(failed, words)}
        </p>
      )}
      {STAYS.has(state) && (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => {
            leaving.mutate();
          }}
        >
          {words.leave}
        </button>
      )}
    </div>
  );
}

const STAYS = new Set<string>(["waiting", "offered"]);

function What({ seen, page }: Pick<ShownProps, "seen" | "page">) {
  const words = useWords();
  return (
    <>
      <For waiting={seen.waiting} timezone={page?.timezone ?? ownZone()} />
      <p>{words.waitingWhy}</p>
    </>
  );
}

/** Taking what is offered, and leaving. */
function useAnswers(token: string) {
  const queries = useQueryClient();
  const accepting = useMutation({
    mutationFn: () => accept(token),
    onSuccess: ({ manageToken }) => {
      location.assign(`/booking/manage/${manageToken}`);
    },
    onError: () => queries.invalidateQueries({ queryKey: ["waiting", token] }),
  });
  const leaving = useMutation({
    mutationFn: () => leave(token),
    onSuccess: (left) => {
      queries.setQueryData(["waiting", token], left);
    },
  });
  return { accepting, leaving };
}
