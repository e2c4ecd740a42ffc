import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { Badge, type BadgeProps } from "../Badge";
import { statusWords } from "./words";

const TONES: Readonly<Record<Shape<"Status">, NonNullable<BadgeProps["tone"]>>> = {
  PENDING: "warn",
  CONFIRMED: "accent",
  CANCELLED: "plain",
  COMPLETED: "good",
  NO_SHOW: "bad",
};

export function StatusBadge({ status }: { readonly status: Shape<"Status"> }) {
  const words = useWords(statusWords);
  return <Badge tone={TONES[status]}>{words[status]}</Badge>;
}
