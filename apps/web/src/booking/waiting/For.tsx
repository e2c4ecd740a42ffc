import type { Joined } from "../api/types";
import { useFormats, useWords } from "../i18n/messages";
import { dateIn } from "../time/zones";

interface Props {
  readonly waiting: Joined["waiting"];
  readonly timezone: string;
}

/** What is waited for, in words: a session, or any time on some days. */
export function For({ waiting: { from, to, sessionId }, timezone }: Props) {
  const words = useWords();
  const { day, moment } = useFormats();
  if (sessionId !== null) return <p>{moment(from, timezone)}</p>;
  const last = new Date(Date.parse(to) - 1); // before `to`
  return <p>{words.waitingFor(day(dateIn(new Date(from), timezone)), day(dateIn(last, timezone)))}</p>;
}
