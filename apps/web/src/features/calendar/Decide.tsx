import { Check, X } from "lucide-react";
import { useContext, type MouseEvent } from "react";
import { Button } from "../../components/Button";
import { useWords } from "../../lib/i18n/locale";
import "./decide.css";
import { Decisions } from "./decisions";
import { who } from "./entries";
import type { Appointment } from "./readRange";
import { calendarWords } from "./words";

/** On an entry of the grid, for a hand: the entry itself is a button, which may have none in it. By keys it is Y and N. */
export function DecideInGrid({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(calendarWords);
  const { confirm, decline } = useContext(Decisions);
  const press = (act: (appointment: Appointment) => void) => ({
    onMouseDown: stop, // else it would be dragged
    onClick: (event: MouseEvent) => {
      stop(event);
      act(appointment);
    },
  });
  return (
    <>
      <span className="visually-hidden">{words.decideKeys}</span>
      <span className="entry__decide" aria-hidden="true">
        <span className="entry__yes" title={words.confirm} {...press(confirm)}>
          <Check />
        </span>
        <span className="entry__no" title={words.decline} {...press(decline)}>
          <X />
        </span>
      </span>
    </>
  );
}

/** Below a line of a list. */
export function DecideInList({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(calendarWords);
  const { confirm, decline } = useContext(Decisions);
  const name = who(appointment);
  return (
    <div className="agenda__decide">
      <Button icon={<Check />} aria-label={words.confirmThis(name)} onClick={() => confirm(appointment)}>
        {words.confirm}
      </Button>
      <Button kind="quiet" icon={<X />} aria-label={words.declineThis(name)} onClick={() => decline(appointment)}>
        {words.decline}
      </Button>
    </div>
  );
}

function stop(event: MouseEvent): void {
  event.stopPropagation();
}
