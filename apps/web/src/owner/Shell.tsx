import { LogOut } from "lucide-react";
import { Suspense } from "react";
import { Navigate, NavLink, Outlet, useLocation } from "react-router";
import { IconButton } from "../components/Button";
import { Preferences } from "../components/Preferences";
import { ErrorState, SkeletonList } from "../components/states";
import { Wordmark } from "../components/Wordmark";
import { useSignOut } from "../features/auth/signOut";
import { Commands } from "../features/command/Commands";
import { isProblem } from "../lib/api/problem";
import { useWords } from "../lib/i18n/locale";
import { useMaybeMe, type Me } from "../lib/session/me";
import { DESTINATIONS } from "./navigation";
import "./shell.css";
import { ownerWords } from "./words";

/** Around every screen of who is signed in; who is not is asked to, and comes back. */
export function Shell() {
  const { data: me, error, isPending, refetch } = useMaybeMe();
  const here = useLocation();
  if (isPending) return <SkeletonList />;
  if (isProblem(error, "NotSignedIn")) {
    return <Navigate to={`/sign-in?to=${encodeURIComponent(here.pathname + here.search)}`} replace />;
  }
  if (!me) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <Signed me={me} />;
}

function Signed({ me }: { readonly me: Me }) {
  const words = useWords(ownerWords);
  const signOut = useSignOut();
  return (
    <div className="shell">
      <a className="shell__skip" href="#content">
        {words.skip}
      </a>
      <header className="shell__header no-print">
        <Wordmark />
        <nav className="shell__navigation" aria-label={words.mainNavigation}>
          {DESTINATIONS.map(({ path, icon: Icon, word }) => (
            <NavLink key={path} to={path} className="button button--quiet">
              <Icon aria-hidden="true" />
              <span>{words[word]}</span>
            </NavLink>
          ))}
        </nav>
        <span className="shell__business" dir="auto">
          {me.business.name}
        </span>
        <Commands screens={DESTINATIONS.map(({ path, word }) => ({ path, name: words[word] }))} />
        <Preferences />
        <IconButton label={words.signOut} icon={<LogOut />} onClick={() => signOut.mutate()} />
      </header>
      <main id="content" className="shell__main" tabIndex={-1}>
        <Suspense fallback={<SkeletonList />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
