import { Page } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import { teamWords } from "./words";

export default function TeamPage() {
  const words = useWords(teamWords);
  return (
    <Page title={words.title} lead={words.lead} back={{ to: "/settings", label: words.back }}>
      <Members />
      <Invitations />
    </Page>
  );
}
