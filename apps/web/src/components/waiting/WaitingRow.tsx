import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "../../lib/i18n/locale";
import { useAnswerOffer } from "../../lib/requests/answerOffer";
import type { Waiting } from "../../lib/requests/listWaiting";
import { useFormats } from "../../lib/time/business";
import { Badge } from "../Badge";
import { Button, IconButton } from "../Button";
import { FormError } from "../states";
import { toast } from "../toasts";
import { waitingWords } from "./words";

interface WaitingRowProps {
  readonly entry: Waiting;
  /** What they wait for, where that is not clear. */
  readonly about?: ReactNode;
  /** What else can be done while nothing is offered to them. */
  readonly more?: ReactNode;
}

/** Somebody in line: who, for what, and what can be done about it. */
export function WaitingRow({ entry, about, more }: WaitingRowProps) {
  const words = useWords(waitingWords);
  const formats = useFormats();
  const { name, email, phone } = entry.customer;
  const contact = email ?? phone;
  return (
    <li>
      <div className="rows__main">
        <Link to={`/customers/${entry.customer.id}`} dir="auto">
          {name}
        </Link>
        <p className="rows__more">
          {about}
          {about && contact && " · "}
          {contact && <bdi>{contact}</bdi>}
        </p>
      </div>
      <div className="rows__end">
        {entry.state === "offered" && entry.offeredUntil ? (
          <Badge tone="accent">{words.offeredUntil(formats.moment(new Date(entry.offeredUntil)))}</Badge>
        ) : (
          entry.state !== "waiting" && <Badge>{words[entry.state]}</Badge>
        )}
        <Actions entry={entry} more={more} />
      </div>
    </li>
  );
}

function Actions({ entry, more }: Pick<WaitingRowProps, "entry" | "more">) {
  const words = useWords(waitingWords);
  const answering = useAnswerOffer();
  const { name } = entry.customer;
  const done = (how: "accept" | "decline" | "leave", text: string) =>
    answering.mutate({ id: entry.id, how }, { onSuccess: () => toast({ kind: "done", text }) });
  if (entry.state === "offered") {
    return (
      <>
        <Button
          icon={<Check />}
          aria-label={words.acceptFor(name)}
          isBusy={answering.isPending}
          onClick={() => done("accept", words.booked(name))}
        >
          {words.accept}
        </Button>
        <IconButton
          label={words.declineFor(name)}
          icon={<X />}
          isBusy={answering.isPending}
          onClick={() => done("decline", words.declined)}
        />
        <FormError error={answering.error} />
      </>
    );
  }
  if (entry.state !== "waiting") return null;
  return (
    <>
      {more}
      <IconButton
        label={words.leaveFor(name)}
        icon={<X />}
        isBusy={answering.isPending}
        onClick={() => done("leave", words.left(name))}
      />
      <FormError error={answering.error} />
    </>
  );
}
