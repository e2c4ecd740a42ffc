import { calendarPath } from "../api/managed";
import type { Managed, Page } from "../api/types";
import { useWords } from "../i18n/messages";
import { googleCalendar, outlookCalendar } from "./calendarLinks";

interface Props {
  readonly managed: Managed;
  readonly token: string;
  readonly page: Page;
}

/** The file for any calendar, and the way to two that most people have. */
export function Calendars({ managed: { appointment }, token, page }: Props) {
  const words = useWords();
  const outside = { target: "_blank", rel: "noopener noreferrer" };
  return (
    <section aria-labelledby="calendars">
      <h2 id="calendars">{words.addToCalendar}</h2>
      <div className="links">
        <a className="button" href={calendarPath(token)} download="appointment.ics">
          {words.icsFile}
        </a>
        <a className="button" href={googleCalendar(appointment, page)} {...outside}>
          {words.google}
        </a>
        <a className="button" href={outlookCalendar(appointment, page)} {...outside}>
          {words.outlook}
        </a>
      </div>
    </section>
  );
}
