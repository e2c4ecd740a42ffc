import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { servicesQuery } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { ServiceEditor } from "./ServiceEditor";
import { servicesWords } from "./words";

/** One service, or a new one at `/services/new`. */
export default function ServicePage() {
  const words = useWords(servicesWords);
  const { id } = useParams();
  const services = useQuery(servicesQuery);
  const staff = useQuery(staffQuery);
  const service = services.data?.find((each) => each.id === id);
  const isMissing = id !== undefined && services.data !== undefined && !service;
  return (
    <Page title={id ? (service?.name ?? words.title) : words.newTitle} back={{ to: "/services", label: words.back }}>
      <Loaded query={services} lines={8}>
        {() => (
          <Loaded query={staff}>
            {(people) =>
              isMissing ? (
                <EmptyState title={words.notFound} />
              ) : (
                <ServiceEditor key={service?.id ?? "new"} service={service} staff={people} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
