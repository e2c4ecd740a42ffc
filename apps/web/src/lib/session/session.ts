/** The session in the cookie: renewed when it has run out, by one tab at a time. */

type Fetch = (request: Request) => Promise<Response>;

const REFRESH = "/api/auth/refresh";
const RENEWED = "sundial.renewedAt";

let renewing: Promise<boolean> | undefined;

/** Answers 401 by renewing the session and asking again, once. */
export function withSession(ask: Fetch): Fetch {
  return async (request) => {
    const again = request.clone();
    const asked = Date.now();
    const response = await ask(request);
    if (response.status !== 401 || isAboutSigningIn(request.url)) return response;
    return (await renewed(asked)) ? ask(again) : response;
  };
}

/** Whether there is a session again. A refresh token may be used once: two tabs must not use the same one. */
export async function renewed(since: number): Promise<boolean> {
  renewing ??= alone(() => renew(since)).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function renew(since: number): Promise<boolean> {
  if (Number(localStorage.getItem(RENEWED) ?? 0) > since) return true; // another tab has done it
  const response = await fetch(REFRESH, { method: "POST" });
  if (response.ok) localStorage.setItem(RENEWED, String(Date.now()));
  return response.ok;
}

/** Browsers know locks only on secure origins; on others two tabs may collide, and one has to sign in again. */
async function alone<Result>(act: () => Promise<Result>): Promise<Result> {
  const locks = (navigator as Partial<Navigator>).locks;
  return locks ? await locks.request("sundial.session", act) : await act();
}

function isAboutSigningIn(url: string): boolean {
  return /^\/api\/auth\/(?:sign-(?:in|up|out)|refresh)$/.test(new URL(url).pathname);
}
