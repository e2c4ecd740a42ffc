import type { ReactNode } from "react";
import "./badge.css";

export interface BadgeProps {
  readonly tone?: "plain" | "good" | "warn" | "bad" | "accent";
  readonly children: ReactNode;
}

export function Badge({ tone = "plain", children }: BadgeProps) {
  return <span className={`badge badge--${tone}`}>{children}</span>;
}
