import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { Fragment, useState } from "react";
import { useSearchParams } from "react-router";
import { Button } from "../../components/Button";
import { Select } from "../../components/Field";
import { ListPage } from "../../components/ListPage";
import { WaitingRow } from "../../components/waiting/WaitingRow";
import { useWords } from "../../lib/i18n/locale";
import { waitingQuery, type Waiting } from "../../lib/requests/listWaiting";
import { servicesQuery } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { spanText } from "../../lib/time/span";
import { BookTime } from "./BookTime";
import { waitingListWords } from "./words";

/** Who waits for a seat or a time; or, with `?over=yes`, what became of those who did. */
export default function WaitingListPage() {
  const words = useWords(waitingListWords);
  const [params, setParams] = useSearchParams();
  const isOver = params.get("over") === "yes";
  const query = useQuery(waitingQuery(isOver ? { state: ["accepted", "expired", "withdrawn"] } : {}));
  const [booking, setBooking] = useState<Waiting>();
  return (
    <>
      <ListPage
        words={isOver ? { ...words, none: words.noneOver, noneLead: words.noneOverLead } : words}
        back={{ to: "/classes", label: words.back }}
        query={query}
        addAt="/waiting-list/new"
        icon={<CalendarClock />}
        also={
          <Select
            label={words.show}
            value={isOver ? "yes" : ""}
            choices={[
              { value: "", label: words.inLine },
              { value: "yes", label: words.over },
            ]}
            onChange={(event) => setParams(event.target.value ? { over: "yes" } : {}, { replace: true })}
          />
        }
      >
        {(entries) => (
          <ul className="rows">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} onBook={setBooking} />
            ))}
          </ul>
        )}
      </ListPage>
      {booking && <BookTime entry={booking} onClose={() => setBooking(undefined)} />}
    </>
  );
}

interface EntryProps {
  readonly entry: Waiting;
  readonly onBook: (entry: Waiting) => void;
}

function Entry({ entry, onBook }: EntryProps) {
  const words = useWords(waitingListWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const { data: services } = useQuery(servicesQuery);
  const { data: staff } = useQuery(staffQuery);
  const service = services?.find(({ id }) => id === entry.serviceId)?.name;
  const person = staff?.find(({ id }) => id === entry.staffId)?.name;
  const [from, to] = [new Date(entry.from), new Date(entry.to)];
  const isSeat = entry.sessionId !== null;
  const when = isSeat ? spanText(from, to, zone, formats) : formats.dayRange(from, new Date(to.getTime() - 1));
  return (
    <WaitingRow
      entry={entry}
      about={[service, when, person]
        .filter((part) => part !== undefined)
        .map((part, at) => (
          <Fragment key={part}>
            {at > 0 && " · "}
            <bdi>{part}</bdi>
          </Fragment>
        ))}
      more={
        !isSeat && (
          <Button aria-label={words.bookFor(entry.customer.name)} onClick={() => onBook(entry)}>
            {words.book}
          </Button>
        )
      }
    />
  );
}
