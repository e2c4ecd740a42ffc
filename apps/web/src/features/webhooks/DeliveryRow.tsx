import { RotateCw } from "lucide-react";
import { Badge, type BadgeProps } from "../../components/Badge";
import { Button } from "../../components/Button";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import type { Delivery, DeliveryState } from "./requests/listDeliveries";
import { useReplayDelivery } from "./requests/replayDelivery";
import { webhooksWords } from "./words";

const TONES: Readonly<Record<DeliveryState, NonNullable<BadgeProps["tone"]>>> = {
  waiting: "accent",
  delivered: "good",
  failed: "bad",
};

type Words = typeof webhooksWords.en;

interface DeliveryRowProps {
  readonly endpointId: string;
  readonly delivery: Delivery;
}

export function DeliveryRow({ endpointId, delivery }: DeliveryRowProps) {
  const words = useWords(webhooksWords);
  const replay = useReplayDelivery();
  const said: Readonly<Record<string, unknown>> = words;
  const type = said[delivery.type];
  const name = typeof type === "string" ? type : delivery.type;
  const act = () =>
    replay.mutate({ endpointId, id: delivery.id }, { onSuccess: () => toast({ kind: "done", text: words.replayed }) });
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title">{name}</p>
        <Facts delivery={delivery} />
        {delivery.response && (
          <details className="delivery__answer">
            <summary>{words.answer}</summary>
            <pre dir="ltr">{delivery.response}</pre>
          </details>
        )}
        <FormError error={replay.error} />
      </div>
      <div className="rows__end">
        <Badge tone={TONES[delivery.state]}>{words[delivery.state]}</Badge>
        {delivery.state !== "waiting" && delivery.reason !== "erased" && (
          <Button icon={<RotateCw />} aria-label={words.replayOf(name)} isBusy={replay.isPending} onClick={act}>
            {words.replay}
          </Button>
        )}
      </div>
    </li>
  );
}

/** When, how often, and what came of the last try. */
function Facts({ delivery }: { readonly delivery: Delivery }) {
  const words = useWords(webhooksWords);
  const formats = useFormats();
  const { attempts, status, durationMs, reason, nextTryAt } = delivery;
  const facts = [
    formats.moment(new Date(delivery.createdAt)),
    words.tries(attempts),
    status === null ? "" : words.answered(status),
    durationMs === null ? "" : words.took(durationMs),
    reason === null ? "" : reasonIn(words, reason),
    attempts > 0 && nextTryAt ? words.next(formats.moment(new Date(nextTryAt))) : "",
  ];
  return <p className="rows__more">{facts.filter(Boolean).join(" · ")}</p>;
}

const REASONS = ["refused", "timeout", "noAnswer", "privateAddress", "tooLarge", "erased"] as const;

function reasonIn(words: Words, reason: string): string {
  if (reason === "switchedOff") return words.switchedOffReason;
  const known = REASONS.find((each) => each === reason);
  return known ? words[known] : reason;
}
