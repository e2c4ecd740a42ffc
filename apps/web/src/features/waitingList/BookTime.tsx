import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Select } from "../../components/Field";
import { Loaded } from "../../components/Loaded";
import { toast } from "../../components/toasts";
import { WhyNot } from "../../components/whyNot/WhyNot";
import { useWords } from "../../lib/i18n/locale";
import type { Waiting } from "../../lib/requests/listWaiting";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { at } from "../../lib/time/zone";
import { useBookFromList } from "./requests/bookFromList";
import { freeTimesQuery, type FreeDay } from "./requests/listFreeTimes";
import "./waitingList.css";
import { waitingListWords } from "./words";

const NOON = 720; // minutes: on its date, whatever clocks do

interface BookTimeProps {
  readonly entry: Waiting;
  readonly onClose: () => void;
}

/** The free times within what somebody waits for, by day: one of them is booked by pressing it. */
export function BookTime({ entry, onClose }: BookTimeProps) {
  const words = useWords(waitingListWords);
  const formats = useFormats();
  const book = useBookFromList();
  const query = useQuery(freeTimesQuery(useBusinessZone(), entry));
  const { name } = entry.customer;
  const take = (start: string) =>
    book.mutate(
      { entry, start },
      {
        onSuccess: () => {
          toast({ kind: "done", text: words.booked(name, formats.moment(new Date(start))) });
          onClose();
        },
      },
    );
  return (
    <Dialog title={words.bookTitle(name)} onClose={onClose}>
      <div className="form">
        <WhyNot error={book.error} />
        <Loaded query={query} lines={4}>
          {(days) =>
            days.length === 0 ? <p>{words.noFree}</p> : <Times days={days} isBusy={book.isPending} onTake={take} />
          }
        </Loaded>
      </div>
    </Dialog>
  );
}

interface TimesProps {
  readonly days: readonly FreeDay[];
  readonly isBusy: boolean;
  readonly onTake: (start: string) => void;
}

function Times({ days, isBusy, onTake }: TimesProps) {
  const words = useWords(waitingListWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const [chosen, setChosen] = useState("");
  const day = days.find(({ date }) => date === chosen) ?? days[0];
  return (
    <>
      <Select
        label={words.day}
        hint={words.bookLead}
        value={day?.date}
        choices={days.map(({ date }) => ({ value: date, label: formats.longDay(at(zone, date, NOON)) }))}
        onChange={(event) => setChosen(event.target.value)}
      />
      <ul className="free-starts" role="list">
        {day?.starts.map((start) => (
          <li key={start}>
            <Button isBusy={isBusy} onClick={() => onTake(start)}>
              {formats.time(new Date(start))}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
