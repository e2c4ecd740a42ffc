import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { bookingPagesQuery } from "../../lib/requests/listBookingPages";
import { servicesQuery } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { useMe } from "../../lib/session/me";
import { failedQuery } from "./requests/countFailed";
import { homeWords } from "./words";

/** What somebody has to do something about. */
export function Attention() {
  const words = useWords(homeWords);
  const isSetUp = useIsSetUp();
  const query = useQuery(failedQuery);
  return (
    <Section title={words.attention}>
      <Loaded query={query} lines={1}>
        {({ count, isMore }) =>
          count === 0 && isSetUp ? (
            <p className="field__hint">{words.noAttention}</p>
          ) : (
            <ul className="rows">
              {!isSetUp && <Item title={words.setUp} lead={words.setUpLead} to="/start" act={words.goOn} />}
              {count > 0 && (
                <Item
                  title={isMore ? words.failedMany : words.failed(count)}
                  lead={words.failedLead}
                  to="/messages?status=failed"
                  act={words.look}
                />
              )}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function Item({ title, lead, to, act }: Readonly<Record<"title" | "lead" | "to" | "act", string>>) {
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title">{title}</p>
        <p className="rows__more">{lead}</p>
      </div>
      <Link className="button button--secondary" to={to}>
        {act}
      </Link>
    </li>
  );
}

/** True while it is not known: nobody is told of something that may not be so. */
function useIsSetUp(): boolean {
  const { user } = useMe();
  const lists = [useQuery(staffQuery), useQuery(servicesQuery), useQuery(bookingPagesQuery)];
  return user.role === "staff" || lists.every(({ data }) => data === undefined || data.length > 0);
}
