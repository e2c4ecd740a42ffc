import { Badge, type BadgeProps } from "../../components/Badge";
import { Button } from "../../components/Button";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { useFormats } from "../../lib/time/business";
import type { Message, MessageStatus } from "./requests/listMessages";
import { useRetryMessage } from "./requests/retryMessage";
import { messagesWords } from "./words";

const TONES: Readonly<Record<MessageStatus, NonNullable<BadgeProps["tone"]>>> = {
  sent: "good",
  waiting: "accent",
  failed: "bad",
  skipped: "plain",
};

export function MessageRow({ message }: { readonly message: Message }) {
  const words = useWords(messagesWords);
  const formats = useFormats();
  const { user } = useMe();
  const retry = useRetryMessage();
  const more = [words[message.channel], formats.moment(new Date(message.sentAt ?? message.createdAt))];
  const mayRetry = message.status === "failed" && user.role !== "staff";
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {words[message.kind]} · <bdi>{words.to(message.recipient ?? words.erased)}</bdi>
        </p>
        <p className="rows__more" dir="auto">
          {[...more, message.subject, message.reason].filter(Boolean).join(" · ")}
        </p>
        <FormError error={retry.error} />
      </div>
      <div className="rows__end">
        <Badge tone={TONES[message.status]}>{words[message.status]}</Badge>
        {mayRetry && (
          <Button
            isBusy={retry.isPending}
            onClick={() => retry.mutate(message.id, { onSuccess: () => toast({ kind: "done", text: words.retried }) })}
          >
            {words.retry}
          </Button>
        )}
      </div>
    </li>
  );
}
