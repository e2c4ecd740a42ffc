/** The screens that the shell leads to, in their order. */

import {
  CalendarDays,
  Contact,
  Globe,
  House,
  Presentation,
  Scissors,
  Settings,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { ownerWords } from "./words";

export interface Destination {
  readonly path: string;
  readonly icon: LucideIcon;
  readonly word: keyof typeof ownerWords.en;
}

export const DESTINATIONS: readonly Destination[] = [
  { path: "/home", icon: House, word: "home" },
  { path: "/calendar", icon: CalendarDays, word: "calendar" },
  { path: "/classes", icon: Presentation, word: "classes" },
  { path: "/customers", icon: Contact, word: "customers" },
  { path: "/services", icon: Scissors, word: "services" },
  { path: "/staff", icon: Users, word: "staff" },
  { path: "/booking-pages", icon: Globe, word: "bookingPages" },
  { path: "/settings", icon: Settings, word: "settings" },
];
