import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery } from "../../lib/requests/listStaff";
import { Hours } from "./Hours";
import { Overrides } from "./Overrides";
import { Profile } from "./Profile";
import { TimeOff } from "./TimeOff";
import { staffWords } from "./words";

/** One staff member with their hours, or a new one at `/staff/new`. */
export default function StaffMemberPage() {
  const words = useWords(staffWords);
  const { id } = useParams();
  const query = useQuery(staffQuery);
  const person = query.data?.find((each) => each.id === id);
  return (
    <Page title={id ? (person?.name ?? words.title) : words.newTitle} back={{ to: "/staff", label: words.back }}>
      <Loaded query={query} lines={8}>
        {() =>
          id && !person ? (
            <EmptyState title={words.notFound} />
          ) : (
            <>
              <Profile key={person?.id ?? "new"} person={person} />
              {person && (
                <>
                  <Hours staffId={person.id} />
                  <TimeOff staffId={person.id} />
                  <Overrides staffId={person.id} />
                </>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
