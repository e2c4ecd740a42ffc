import type { ReactNode } from "react";

interface FigureProps {
  readonly title: string;
  /** What it comes to in all. */
  readonly sum?: string | undefined;
  readonly children: ReactNode;
}

export function Figure({ title, sum, children }: FigureProps) {
  return (
    <section className="section" aria-label={title}>
      <header className="figures__title">
        <h3>{title}</h3>
        {sum && <p>{sum}</p>}
      </header>
      {children}
    </section>
  );
}
