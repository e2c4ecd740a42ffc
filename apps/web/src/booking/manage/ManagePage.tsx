/** The appointment of whoever has the link: see it, pay for it, move it, cancel it. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { managedQuery } from "../api/managed";
import { pageQuery } from "../api/readPage";
import { codeOf } from "../api/request";
import type { Managed, Page } from "../api/types";
import { Calendars } from "../booked/Calendars";
import { Code } from "../booked/Code";
import { Facts } from "../booked/Facts";
import { phaseOf, stateOf } from "../booked/phase";
import { useFormats, useWords } from "../i18n/messages";
import { Brand, Contact, PlaceAndPolicy } from "../layout/PageParts";
import { Waiting } from "../layout/Waiting";
import { CancelPart } from "./CancelPart";
import { ReschedulePart } from "./ReschedulePart";

const Payment = lazy(() => import("../payments/Payment"));

interface Props {
  readonly token: string;
  /** Of the page on which it was booked; undefined when that is gone. */
  readonly slug: string | undefined;
}

export default function ManagePage({ token, slug }: Props) {
  const words = useWords();
  const managed = useQuery(managedQuery(token));
  const { data: page } = useQuery({ ...pageQuery(slug ?? ""), enabled: slug !== undefined });
  if (codeOf(managed.error) === "NotFound") return <NoSuch title={words.notFoundTitle} />;
  if (managed.isError) throw managed.error;
  return (
    <div className="page wizard">
      {page && <Brand page={page} />}
      <main>
        <h1>{words.yourAppointment}</h1>
        {managed.data ? <Shown managed={managed.data} token={token} page={page} /> : <Waiting lines={4} />}
      </main>
      {page && (
        <aside>
          <PlaceAndPolicy page={page} />
          <div className="links">
            <Contact page={page} />
          </div>
        </aside>
      )}
    </div>
  );
}

interface ShownProps {
  readonly managed: Managed;
  readonly token: string;
  readonly page: Page | undefined;
}

function Shown({ managed, token, page }: ShownProps) {
  const words = useWords();
  const { money } = useFormats();
  const [isMoved, setMoved] = useState(false);
  const [refund, setRefund] = useState<Managed["refundIfCancelledNow"]>(null);
  const state = phaseOf(managed) === "pay" ? words.unpaid : words[stateOf(managed)];
  const moved = () => {
    setMoved(true);
  };
  const cancelled = (due: typeof refund) => {
    setMoved(false);
    setRefund(due);
  };
  return (
    <div className="done">
      <p role="status" className="state">
        {isMoved ? words.rescheduled : state}
      </p>
      {refund !== null && refund.amount > 0 && <p role="status">{words.refundWas(money(refund))}</p>}
      <Facts managed={managed} page={page} />
      <ToDo managed={managed} token={token} page={page} />
      {managed.canCancelUntil === null ? (
        <BookAgain page={page} />
      ) : (
        <Changes managed={managed} token={token} page={page} onMoved={moved} onCancelled={cancelled} />
      )}
    </div>
  );
}

interface ChangesProps extends ShownProps {
  readonly onMoved: () => void;
  readonly onCancelled: (refund: Managed["refundIfCancelledNow"]) => void;
}

/** Moving and cancelling; while another time is chosen there is nothing else. */
function Changes({ managed, token, page, onMoved, onCancelled }: ChangesProps) {
  const [isChoosing, setChoosing] = useState(false);
  const moved = () => {
    setChoosing(false);
    onMoved();
  };
  const choosing = { isChoosing, onChoosing: setChoosing, onMoved: moved };
  return (
    <>
      {page && !isChoosing && <Calendars managed={managed} token={token} page={page} />}
      <ReschedulePart managed={managed} token={token} page={page} {...choosing} />
      {!isChoosing && <CancelPart managed={managed} token={token} onCancelled={onCancelled} />}
    </>
  );
}

/** What it waits for: its code or its deposit. */
function ToDo({ managed, token, page }: ShownProps) {
  const phase = phaseOf(managed);
  if (phase === "code") return <Code token={token} managed={managed} />;
  if (phase === "done" || !page?.payments) return null;
  return (
    <Suspense fallback={<Waiting />}>
      <Payment token={token} page={page} />
    </Suspense>
  );
}

function BookAgain({ page }: Pick<ShownProps, "page">) {
  const words = useWords();
  if (!page) return null;
  return (
    <a className="button main" href={`/booking/${page.slug}`}>
      {words.bookAnother}
    </a>
  );
}

/** A link that leads nowhere (any more). */
export function NoSuch({ title }: { readonly title: string }) {
  const words = useWords();
  return (
    <main className="refusal">
      <h1>{title}</h1>
      <p>{words.notFoundWhy}</p>
    </main>
  );
}
