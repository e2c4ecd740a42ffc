import { useQuery } from "@tanstack/react-query";
import { CalendarOff, Users } from "lucide-react";
import { Link } from "react-router";
import { Badge } from "../../components/Badge";
import { ListPage } from "../../components/ListPage";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery, type StaffMember } from "../../lib/requests/listStaff";
import { staffWords } from "./words";

export default function StaffPage() {
  const words = useWords(staffWords);
  const query = useQuery(staffQuery);
  return (
    <ListPage
      words={words}
      query={query}
      addAt="/staff/new"
      icon={<Users />}
      also={
        <Link className="button button--secondary" to="/closures">
          <CalendarOff aria-hidden="true" />
          {words.closures}
        </Link>
      }
    >
      {(staff) => (
        <ul className="rows">
          {staff.map((person) => (
            <StaffRow key={person.id} person={person} />
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function StaffRow({ person }: { readonly person: StaffMember }) {
  const words = useWords(staffWords);
  const more = [person.title, ...person.specializations, person.email, person.phone].filter(Boolean);
  return (
    <li>
      <span className="rows__dot" style={{ backgroundColor: person.color }} />
      <div className="rows__main">
        <Link to={`/staff/${person.id}`} dir="auto">
          {person.name}
        </Link>
        {more.length > 0 && <p className="rows__more">{more.join(" · ")}</p>}
      </div>
      {!person.active && <Badge>{words.inactive}</Badge>}
    </li>
  );
}
