import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "../../../components/states";
import { useWords } from "../../../lib/i18n/locale";
import { useFormats } from "../../../lib/time/business";
import { activity } from "./activity";
import { messagesAbout } from "./messages";
import { editorWords } from "./words";

/** What happened to it, the last first. */
export function Trail({ id }: { readonly id: string }) {
  const words = useWords(editorWords);
  const formats = useFormats();
  const { data } = useQuery(activity(id));
  return (
    <section>
      <h3>{words.activity}</h3>
      {!data && <Skeleton height="60px" />}
      <ul role="list" className="trail">
        {data?.toReversed().map(({ at, change, actor, revision }) => (
          <li key={revision}>
            <span>
              {change === "noShow" ? words.noShow : words[change]} ·{" "}
              <bdi>{actor.name ?? (actor.kind === "guest" ? words.guest : words.system)}</bdi>
            </span>
            <time dateTime={at}>{formats.moment(new Date(at))}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the customer and the team were told. */
export function Messages({ id }: { readonly id: string }) {
  const words = useWords(editorWords);
  const formats = useFormats();
  const { data } = useQuery(messagesAbout(id));
  if (!data) return null;
  return (
    <section>
      <h3>{words.messages}</h3>
      {data.length === 0 && <p className="field__hint">{words.noMessages}</p>}
      <ul role="list" className="trail">
        {data.map((message) => (
          <li key={message.id}>
            <span>
              {words[message.status]} · <bdi>{message.subject ?? message.recipient ?? message.channel}</bdi>
            </span>
            <time dateTime={message.createdAt}>{formats.moment(new Date(message.sentAt ?? message.createdAt))}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
