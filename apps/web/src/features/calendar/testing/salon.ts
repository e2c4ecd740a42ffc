/** A calendar as the server would tell of it, for stories. */

import type { OpenStaff } from "../../../lib/catalogue/openTime";
import type { StaffMember } from "../../../lib/catalogue/staff";
import type { Me } from "../../../lib/session/me";
import type { Appointment } from "../readRange";

const LONG_AGO = "2026-01-01T00:00:00Z";
const BUSINESS = "business";

export function me(timezone: string): Me {
  return {
    user: { id: "user", email: "owner@example.com", name: "Owner", role: "owner", staffId: null },
    business: {
      id: BUSINESS,
      name: "Palm Studio",
      timezone,
      currency: "AED",
      locale: "en",
      contactEmail: null,
      contactPhone: null,
      address: null,
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      revision: 1,
    },
  };
}

export function member(id: string, name: string): StaffMember {
  return {
    id,
    name,
    email: null,
    phone: null,
    color: "#2b6cb0",
    title: null,
    specializations: [],
    active: true,
    archived: false,
    businessId: BUSINESS,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    revision: 1,
  };
}

export const AMIRA = member("amira", "Amira Haddad");
export const CHLOE = member("chloe", "Chloé Martin");

/** With Amira, unless said otherwise. `start`, `end`: RFC 3339. */
export function appointment(
  id: string,
  customer: string,
  start: string,
  end: string,
  changed: Partial<Appointment> = {},
): Appointment {
  return {
    id,
    businessId: BUSINESS,
    staffId: AMIRA.id,
    serviceId: "pilates",
    customerId: id,
    start,
    end,
    timezone: "UTC",
    status: "CONFIRMED",
    notes: "",
    source: "internal",
    serviceName: "Pilates",
    staffName: AMIRA.name,
    customer: { id, name: customer },
    price: { amount: 15_000, currency: "AED" },
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    resourceIds: [],
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    revision: 1,
    ...changed,
  };
}

export function open(staff: readonly StaffMember[], start: string, end: string): OpenStaff[] {
  return staff.map(({ id }) => ({ staffId: id, intervals: [{ start, end }] }));
}
