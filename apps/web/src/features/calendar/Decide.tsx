import { Check, X } from "lucide-react";
import { useContext, type MouseEvent } from "react";
import { decidingWords } from "../../components/deciding/words";
import { useWords } from "../../lib/i18n/locale";
import "./decide.css";
import { Decisions } from "./decisions";
import type { Appointment } from "./readRange";
import { calendarWords } from "./words";

/** On an entry of the grid, for a hand: the entry itself is a button, which may have none in it. By keys it is Y and N. */
export function DecideInGrid({ appointment }: { readonly appointment: Appointment }) {
  const words = useWords(calendarWords);
  const deciding = useWords(decidingWords);
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
        <span className="entry__yes" title={deciding.confirm} {...press(confirm)}>
          <Check />
        </span>
        <span className="entry__no" title={deciding.decline} {...press(decline)}>
          <X />
        </span>
      </span>
    </>
  );
}

function stop(event: MouseEvent): void {
  event.stopPropagation();
}
