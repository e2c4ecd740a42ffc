/** What a screen shows while it has nothing: not yet, nothing at all, or not to be had. */

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { said } from "../lib/api/said";
import { useLocale, useWords } from "../lib/i18n/locale";
import { Button } from "./Button";
import "./states.css";
import { componentWords } from "./words";

/** As large as what will be there, so that nothing jumps. */
export function Skeleton({ width = "100%", height = "1em" }: { readonly width?: string; readonly height?: string }) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}

/** Lines of a list that is being loaded. */
export function SkeletonList({ lines = 5 }: { readonly lines?: number }) {
  const words = useWords(componentWords);
  return (
    <div className="skeleton-list" role="status">
      <span className="visually-hidden">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height="44px" />
      ))}
    </div>
  );
}

interface StateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do about it. */
  readonly action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: StateProps) {
  return (
    <div className="state">
      {icon}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const locale = useLocale();
  const words = useWords(componentWords);
  return (
    <div className="state" role="alert">
      <CircleAlert aria-hidden="true" />
      <p>{said(error, locale)}</p>
      {onRetry && (
        <Button icon={<RotateCw />} onClick={onRetry}>
          {words.tryAgain}
        </Button>
      )}
    </div>
  );
}

/** What is wrong with a form as a whole. */
export function FormError({ error }: { readonly error: unknown }) {
  const locale = useLocale();
  if (!error) return null;
  return (
    <p className="form-error" role="alert">
      <CircleAlert aria-hidden="true" />
      <span>{said(error, locale)}</span>
    </p>
  );
}
