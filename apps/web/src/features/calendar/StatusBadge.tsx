import { Badge, type BadgeProps } from "../../components/Badge";
import { useWords } from "../../lib/i18n/locale";
import type { Status } from "./readRange";
import { calendarWords } from "./words";

const TONES: Record<Status, NonNullable<BadgeProps["tone"]>> = {
  PENDING: "warn",
  CONFIRMED: "accent",
  CANCELLED: "plain",
  COMPLETED: "good",
  NO_SHOW: "bad",
};

export function StatusBadge({ status }: { readonly status: Status }) {
  const words = useWords(calendarWords);
  return <Badge tone={TONES[status]}>{words[status]}</Badge>;
}
