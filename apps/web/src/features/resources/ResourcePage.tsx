import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { resourcesQuery } from "../../lib/requests/listResources";
import { ResourceForm } from "./ResourceForm";
import { resourcesWords } from "./words";

/** One room or machine, or a new one at `/resources/new`. */
export default function ResourcePage() {
  const words = useWords(resourcesWords);
  const { id } = useParams();
  const query = useQuery(resourcesQuery);
  const resource = query.data?.find((each) => each.id === id);
  return (
    <Page
      title={id ? (resource?.name ?? words.title) : words.newTitle}
      back={{ to: "/resources", label: words.backToAll }}
    >
      <Loaded query={query} lines={3}>
        {(resources) =>
          id && !resource ? (
            <EmptyState title={words.notFound} />
          ) : (
            <ResourceForm
              key={resource?.id ?? "new"}
              resource={resource}
              kinds={[...new Set(resources.map(({ kind }) => kind))]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
