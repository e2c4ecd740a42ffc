import { useInfiniteQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useSearchParams } from "react-router";
import { Select } from "../../components/Field";
import { More } from "../../components/More";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { MessageRow } from "./MessageRow";
import { messagesQuery, type MessageStatus } from "./requests/listMessages";
import { messagesWords } from "./words";

const STATUSES: readonly MessageStatus[] = ["failed", "waiting", "sent", "skipped"];

export default function MessagesPage() {
  const words = useWords(messagesWords);
  const [params, setParams] = useSearchParams();
  const status = STATUSES.find((each) => each === params.get("status"));
  const query = useInfiniteQuery(messagesQuery(status));
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Select
          label={words.show}
          value={status ?? ""}
          choices={[{ value: "", label: words.all }, ...STATUSES.map((each) => ({ value: each, label: words[each] }))]}
          onChange={(event) => setParams(event.target.value ? { status: event.target.value } : {})}
        />
      }
    >
      <Loaded query={query} lines={8}>
        {({ pages }) => {
          const messages = pages.flatMap((page) => page.items);
          if (messages.length === 0) return <EmptyState icon={<Mail />} title={words.none} />;
          return (
            <ul className="rows">
              {messages.map((message) => (
                <MessageRow key={message.id} message={message} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <More query={query} />
    </Page>
  );
}
