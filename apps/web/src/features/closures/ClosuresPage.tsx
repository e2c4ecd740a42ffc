import { Page } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { useBusinessZone } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { Closures } from "./Closures";
import { Holidays } from "./Holidays";
import { Seasons } from "./Seasons";
import { closuresWords } from "./words";

/** When the business is closed, and when it has other hours. Staff see it, and change nothing. */
export default function ClosuresPage() {
  const words = useWords(closuresWords);
  const { user } = useMe();
  const today = dayOf(useBusinessZone(), new Date());
  const isEditable = user.role !== "staff";
  return (
    <Page title={words.title} lead={words.lead} back={{ to: "/staff", label: words.back }}>
      <Closures today={today} isEditable={isEditable} />
      {isEditable && <Holidays today={today} />}
      <Seasons today={today} isEditable={isEditable} />
    </Page>
  );
}
