/** The calendar of a business, with what the server would have told. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { OpenStaff } from "../../../lib/catalogue/openTime";
import type { StaffMember } from "../../../lib/catalogue/staff";
import { me } from "../../../lib/session/me";
import { Agenda } from "../Agenda";
import "../calendar.css";
import { Grid } from "../Grid";
import { KnownTimes } from "../Known";
import type { Appointment } from "../readRange";
import type { View } from "../useView";
import { me as owner } from "./salon";

export interface SceneProps {
  readonly view: View;
  readonly zone: string;
  readonly day: string;
  readonly staff: readonly StaffMember[];
  readonly appointments: readonly Appointment[];
  readonly open: readonly OpenStaff[];
}

export function CalendarScene({ zone, ...scene }: SceneProps) {
  const [queries] = useState(() => {
    const client = new QueryClient();
    client.setQueryData(me.queryKey, owner(zone), { updatedAt: Number.MAX_SAFE_INTEGER });
    return client;
  });
  return (
    <QueryClientProvider client={queries}>
      <KnownTimes.Provider value={scene}>
        <main className="calendar">
          <h1 className="visually-hidden">Calendar</h1>
          <div className="calendar__body">
            <Shown {...scene} />
          </div>
        </main>
      </KnownTimes.Provider>
    </QueryClientProvider>
  );
}

function Shown({ view, day, staff, appointments, open }: Omit<SceneProps, "zone">) {
  if (view === "agenda") return <Agenda appointments={appointments} onOpen={nothing} />;
  const look = { view, day, staff: [], service: undefined, status: undefined, appointment: undefined };
  return (
    <Grid
      {...{ view, look, appointments, open }}
      columns={staff}
      change={nothing}
      move={() => Promise.resolve()}
      onOpen={nothing}
      onNew={nothing}
    />
  );
}

function nothing(): void {
  // What is pressed in a story leads nowhere.
}
