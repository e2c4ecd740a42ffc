import { useEffect, type ReactNode } from "react";
import { ArrowLeft } from "lucide-react";
import { Link } from "react-router";
import "./page.css";

export interface PageProps {
  readonly title: string;
  readonly lead?: string;
  /** What one does here, beside the title. */
  readonly actions?: ReactNode;
  /** The list that this is one of. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
}

/** A screen below the shell: its title, which is the tab's too, and what it is about. */
export function Page({ title, lead, actions, back, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Sundial`;
  }, [title]);
  return (
    <div className="page">
      {back && (
        <Link className="page__back" to={back.to}>
          <ArrowLeft aria-hidden="true" />
          {back.label}
        </Link>
      )}
      <header className="page__header">
        <div className="page__heading">
          <h1 dir="auto">{title}</h1>
          {lead && <p className="page__lead">{lead}</p>}
        </div>
        {actions && <div className="page__actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a screen with a heading of its own. */
export function Section({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {lead && <p className="page__lead">{lead}</p>}
      </header>
      {children}
    </section>
  );
}
