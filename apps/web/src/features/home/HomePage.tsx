import { CalendarDays } from "lucide-react";
import { Link } from "react-router";
import { Page } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { Attention } from "./Attention";
import { Figures } from "./Figures";
import { Pending } from "./Pending";
import { Today } from "./Today";
import { homeWords } from "./words";
import "./home.css";

/** The day at a glance: who comes, who waits for an answer, and what has gone wrong. */
export default function HomePage() {
  const words = useWords(homeWords);
  const zone = useBusinessZone();
  const formats = useFormats();
  const now = new Date();
  const day = dayOf(zone, now);
  const { user } = useMe();
  return (
    <Page
      title={words.title(formats.longDay(now))}
      actions={
        <Link className="button button--secondary" to="/calendar">
          <CalendarDays aria-hidden="true" />
          {words.toCalendar}
        </Link>
      }
    >
      <div className="home">
        <Today day={day} />
        <div className="home__side">
          <Attention />
          <Pending day={day} />
        </div>
      </div>
      {user.role !== "staff" && <Figures day={day} />}
    </Page>
  );
}
