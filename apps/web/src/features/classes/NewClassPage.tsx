import { useQuery } from "@tanstack/react-query";
import { Presentation } from "lucide-react";
import { Link } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { EmptyState } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { servicesQuery } from "../../lib/requests/listServices";
import { staffQuery } from "../../lib/requests/listStaff";
import { PlanClasses } from "./PlanClasses";
import { classesWords } from "./words";

export default function NewClassPage() {
  const words = useWords(classesWords);
  const services = useQuery(servicesQuery);
  const staff = useQuery(staffQuery);
  return (
    <Page title={words.newTitle} lead={words.newLead} back={{ to: "/classes", label: words.back }}>
      <Loaded query={services}>
        {(all) => {
          const those = all.filter(({ capacity, active }) => capacity > 1 && active);
          if (those.length === 0) return <NoClasses />;
          return <Loaded query={staff}>{(people) => <PlanClasses services={those} staff={people} />}</Loaded>;
        }}
      </Loaded>
    </Page>
  );
}

function NoClasses() {
  const words = useWords(classesWords);
  return (
    <EmptyState
      icon={<Presentation />}
      title={words.noService}
      action={
        <Link className="button button--primary" to="/services/new">
          {words.addService}
        </Link>
      }
    >
      {words.noServiceLead}
    </EmptyState>
  );
}
