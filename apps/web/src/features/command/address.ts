/** Addresses of the calendar: what was looked at stays, where it is not said otherwise. */

const CALENDAR = "/calendar";

interface Here {
  readonly pathname: string;
  readonly search: string;
}

export function calendarAt(here: Here, changed: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(shown(here));
  for (const [name, value] of Object.entries(changed)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  const query = String(search);
  return query ? `${CALENDAR}?${query}` : CALENDAR;
}

/** Whose columns the calendar shows; empty for everybody's. */
export function staffShown(here: Here): readonly string[] {
  return (new URLSearchParams(shown(here)).get("staff") ?? "").split(",").filter(Boolean);
}

function shown({ pathname, search }: Here): string {
  return pathname === CALENDAR ? search : "";
}
