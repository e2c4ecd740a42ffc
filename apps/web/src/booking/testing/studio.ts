/** A booking page as the server would tell of it, for stories. */

import type { Day, Page, Service, Slots, StaffMember } from "../api/types";
import { daysAfter, startOf } from "../time/zones";

export const SLUG = "palm";
export const ZONE = "UTC";
const MINUTE = 60_000;
const LENGTH = 60; // minutes of a service

export function page(changed: Partial<Page> = {}): Page {
  return {
    slug: SLUG,
    businessName: "Palm Studio",
    timezone: ZONE,
    locale: "en",
    currency: "AED",
    contactEmail: "hello@example.com",
    contactPhone: "+97145550100",
    address: "12 Marina Walk, Dubai",
    title: "Palm Studio",
    description: "Pilates and massage by the sea.",
    confirmation: "automatic",
    confirmationText: "",
    policyText: "Please come ten minutes early.",
    policy: { text: "", cancelWindowMinutes: 1440, rescheduleWindowMinutes: 1440, refundPolicy: { late: "none" } },
    theme: { accent: "#276749", onAccent: "#ffffff", logoUrl: null, radius: 8 },
    captcha: null,
    payments: null,
    ...changed,
  };
}

export function member(id: string, name: string, changed: Partial<StaffMember> = {}): StaffMember {
  return { id, name, title: null, color: "#2b6cb0", specializations: [], ...changed };
}

export const AMIRA = member("amira", "Amira Haddad", { title: "Instructor" });
export const CHLOE = member("chloe", "Chloé Martin");

export function service(
  id: string,
  name: string,
  staff: readonly StaffMember[],
  changed: Partial<Service> = {},
): Service {
  return {
    id,
    name,
    description: "",
    category: null,
    color: "#276749",
    durationMinutes: LENGTH,
    price: { amount: 15_000, currency: "AED" },
    deposit: { kind: "none" },
    depositDue: null,
    minNoticeMinutes: 0,
    maxAdvanceDays: 12,
    capacity: 1,
    intakeQuestions: [],
    staff: [...staff],
    ...changed,
  };
}

/** Two weeks from a date on, with what is free on the nth of them: by the minutes of the day at which it begins. */
export function twoWeeks(from: string, free: Readonly<Record<number, readonly number[]>>, zone = ZONE): Slots {
  const days = Array.from({ length: 14 }, (_, at) => day(daysAfter(from, at), free[at] ?? [], zone));
  return { timezone: zone, days, nextAvailable: null };
}

function day(date: string, minutes: readonly number[], zone: string): Day {
  const midnight = startOf(date, zone).getTime();
  const at = (minute: number) => new Date(midnight + minute * MINUTE).toISOString();
  return {
    date,
    slots: minutes.map((minute) => ({ start: at(minute), end: at(minute + LENGTH), staffIds: [AMIRA.id] })),
  };
}

/** From nine to five, every half an hour. */
export const ALL_DAY: readonly number[] = Array.from({ length: 15 }, (_, at) => 540 + at * 30);
