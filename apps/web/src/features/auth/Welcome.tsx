import type { ReactNode } from "react";
import { Preferences } from "../../components/Preferences";
import { Wordmark } from "../../components/Wordmark";
import "./welcome.css";

/** Around the forms of who is not signed in yet. */
export function Welcome({
  title,
  lead,
  children,
  footer,
}: Readonly<Record<"title" | "children" | "footer", ReactNode>> & { readonly lead?: string }) {
  return (
    <div className="welcome">
      <header className="welcome__header">
        <Wordmark />
        <Preferences />
      </header>
      <main className="welcome__main">
        <div className="welcome__card">
          <h1>{title}</h1>
          {lead && <p className="welcome__lead">{lead}</p>}
          {children}
        </div>
        <p className="welcome__footer">{footer}</p>
      </main>
    </div>
  );
}
