/** What the preview of a drag is compared with. */

import { createContext } from "react";
import type { OpenStaff } from "../../lib/catalogue/openTime";
import type { Appointment } from "./readRange";

export interface Known {
  readonly appointments: readonly Appointment[];
  readonly open: readonly OpenStaff[] | undefined;
}

export const KnownTimes = createContext<Known>({ appointments: [], open: undefined });
