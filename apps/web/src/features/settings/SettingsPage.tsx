import { ChevronRight } from "lucide-react";
import { Link } from "react-router";
import { Page, Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { BusinessForm } from "./BusinessForm";
import { Preferences } from "./Preferences";
import { settingsWords } from "./words";

export default function SettingsPage() {
  const words = useWords(settingsWords);
  const { user } = useMe();
  const isOwner = user.role === "owner";
  const isManager = user.role !== "staff";
  return (
    <Page title={words.title} lead={words.lead}>
      <BusinessForm />
      <Preferences />
      <Section title={words.more}>
        <ul className="rows">
          {isOwner && <Further to="/team" title={words.team} lead={words.teamLead} />}
          {isOwner && <Further to="/api-keys" title={words.apiKeys} lead={words.apiKeysLead} />}
          <Further to="/resources" title={words.resources} lead={words.resourcesLead} />
          <Further to="/closures" title={words.closures} lead={words.closuresLead} />
          <Further to="/waiting-list" title={words.waitingList} lead={words.waitingListLead} />
          <Further to="/messages" title={words.messages} lead={words.messagesLead} />
          {isManager && <Further to="/templates" title={words.templates} lead={words.templatesLead} />}
          {isManager && <Further to="/imports" title={words.imports} lead={words.importsLead} />}
          {isManager && <Further to="/webhooks" title={words.webhooks} lead={words.webhooksLead} />}
        </ul>
      </Section>
    </Page>
  );
}

function Further({ to, title, lead }: Readonly<Record<"to" | "title" | "lead", string>>) {
  return (
    <li>
      <div className="rows__main">
        <Link to={to}>{title}</Link>
        <p className="rows__more">{lead}</p>
      </div>
      <ChevronRight className="rows__further" aria-hidden="true" />
    </li>
  );
}
