import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Link } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { staffQuery } from "../../lib/requests/listStaff";
import { useDateRange } from "./dates";
import { seasonsQuery, type Season } from "./requests/listSeasons";
import { closuresWords } from "./words";

interface SeasonsProps {
  readonly today: string;
  readonly isEditable: boolean;
}

export function Seasons({ today, isEditable }: SeasonsProps) {
  const words = useWords(closuresWords);
  const query = useQuery(seasonsQuery(today));
  return (
    <Section title={words.seasons} lead={words.seasonsLead}>
      <Loaded query={query} lines={2}>
        {(seasons) =>
          seasons.length === 0 ? (
            <p className="field__hint">{words.noSeasons}</p>
          ) : (
            <ul className="rows">
              {seasons.map((season) => (
                <SeasonRow key={season.id} season={season} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isEditable && (
        <div>
          <Link className="button button--secondary" to="/seasons/new">
            <Plus aria-hidden="true" />
            {words.addSeason}
          </Link>
        </div>
      )}
    </Section>
  );
}

function SeasonRow({ season }: { readonly season: Season }) {
  const words = useWords(closuresWords);
  const dates = useDateRange();
  const { data: staff } = useQuery(staffQuery);
  const names = season.staffIds?.flatMap((id) => staff?.find((each) => each.id === id)?.name ?? []);
  return (
    <li>
      <div className="rows__main">
        <Link to={`/seasons/${season.id}`} dir="auto">
          {season.name}
        </Link>
        <p className="rows__more">
          {dates(season.startDate, season.endDate)} · {names ? <bdi>{names.join(words.comma)}</bdi> : words.everybody}
        </p>
      </div>
    </li>
  );
}
