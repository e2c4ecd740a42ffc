import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery } from "../../lib/requests/listStaff";
import { seasonQuery } from "./requests/readSeason";
import { SeasonEditor } from "./SeasonEditor";
import { closuresWords } from "./words";

/** One season, or a new one at `/seasons/new`. */
export default function SeasonPage() {
  const words = useWords(closuresWords);
  const { id } = useParams();
  if (id) return <Known id={id} />;
  return (
    <Page title={words.newSeason} lead={words.seasonLead} back={{ to: "/closures", label: words.backToClosures }}>
      <WithStaff season={undefined} />
    </Page>
  );
}

function Known({ id }: { readonly id: string }) {
  const words = useWords(closuresWords);
  const query = useQuery(seasonQuery(id));
  return (
    <Page
      title={query.data?.name ?? words.season}
      lead={words.seasonLead}
      back={{ to: "/closures", label: words.backToClosures }}
    >
      <Loaded query={query} lines={8}>
        {(season) => <WithStaff key={season.revision} season={season} />}
      </Loaded>
    </Page>
  );
}

function WithStaff({ season }: Pick<Parameters<typeof SeasonEditor>[0], "season">) {
  const query = useQuery(staffQuery);
  return (
    <Loaded query={query} lines={8}>
      {(staff) => <SeasonEditor season={season} staff={staff} />}
    </Loaded>
  );
}
