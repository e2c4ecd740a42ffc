/** A service as somebody writes it, and as the server takes it. */

import { z } from "../../lib/forms/zod";
import { parsedMoney, typed, type Money } from "../../lib/money/money";
import type { Service } from "../../lib/requests/listServices";
import type { NewService } from "../../lib/requests/saveService";

const HOUR = 60; // minutes

/** The errors are names of words. */
function whole(least: number, most: number) {
  return z.number().check(z.int(), z.minimum(least), z.maximum(most));
}

/** The limits of numbers, for the fields too. */
export const LIMITS = {
  durationMinutes: [5, 1440],
  bufferBeforeMinutes: [0, 480],
  bufferAfterMinutes: [0, 480],
  slotIntervalMinutes: [5, 240],
  noticeHours: [0, 8760],
  maxAdvanceDays: [0, 730],
  capacity: [1, 500],
  depositPercent: [1, 100],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type Limited = keyof typeof LIMITS;

function limited(field: Limited) {
  const [least, most] = LIMITS[field];
  return whole(least, most);
}

/** What is wrong with what was written in a currency. */
export function serviceSchema(currency: string) {
  const money = z.string().check(z.refine((text) => parsedMoney(text, currency) !== null));
  const form = z.object({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    description: z.string().check(z.maxLength(5000)),
    category: z.string().check(z.trim(), z.maxLength(200)),
    color: z.string(),
    active: z.boolean(),
    durationMinutes: limited("durationMinutes"),
    bufferBeforeMinutes: limited("bufferBeforeMinutes"),
    bufferAfterMinutes: limited("bufferAfterMinutes"),
    slotIntervalMinutes: limited("slotIntervalMinutes"),
    noticeHours: limited("noticeHours"),
    maxAdvanceDays: limited("maxAdvanceDays"),
    capacity: limited("capacity"),
    price: money,
    depositKind: z.enum(["none", "fixed", "percent", "full"]),
    depositAmount: z.string(),
    depositPercent: limited("depositPercent"),
    staffIds: z.array(z.string()),
    needs: z
      .array(z.object({ kind: z.string().check(z.trim(), z.minLength(1)), quantity: whole(1, 100) }))
      .check(z.refine((needs) => new Set(needs.map(({ kind }) => kind)).size === needs.length)),
  });
  return form.check(
    z.refine((all) => all.depositKind !== "fixed" || parsedMoney(all.depositAmount, currency) !== null, {
      path: ["depositAmount"],
    }),
  );
}

export type ServiceForm = z.infer<ReturnType<typeof serviceSchema>>;

export const NEW_SERVICE: ServiceForm = {
  name: "",
  description: "",
  category: "",
  color: "#2f855a",
  active: true,
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  slotIntervalMinutes: 15,
  noticeHours: 0,
  maxAdvanceDays: 60,
  capacity: 1,
  price: "",
  depositKind: "none",
  depositAmount: "",
  depositPercent: 20,
  staffIds: [],
  needs: [],
};

export function formOf(service: Service): ServiceForm {
  const { deposit } = service;
  return {
    ...NEW_SERVICE,
    name: service.name,
    description: service.description,
    category: service.category ?? "",
    color: service.color,
    active: service.active,
    durationMinutes: service.durationMinutes,
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
    slotIntervalMinutes: service.slotIntervalMinutes,
    noticeHours: Math.round(service.minNoticeMinutes / HOUR),
    maxAdvanceDays: service.maxAdvanceDays,
    capacity: service.capacity,
    price: typed(service.price),
    depositKind: deposit.kind,
    depositAmount: deposit.amount ? typed(deposit.amount) : "",
    depositPercent: deposit.percent ?? NEW_SERVICE.depositPercent,
    staffIds: service.staffIds,
    needs: service.resourceNeeds,
  };
}

/** Of a form without errors. `seen` is the service that was opened: what the form does not show exactly stays as it is. */
export function fieldsOf(form: ServiceForm, currency: string, seen?: Service): NewService {
  return {
    name: form.name.trim(),
    description: form.description,
    category: form.category.trim() || null,
    color: form.color,
    active: form.active,
    durationMinutes: form.durationMinutes,
    bufferBeforeMinutes: form.bufferBeforeMinutes,
    bufferAfterMinutes: form.bufferAfterMinutes,
    slotIntervalMinutes: form.slotIntervalMinutes,
    minNoticeMinutes: noticeOf(form.noticeHours, seen),
    maxAdvanceDays: form.maxAdvanceDays,
    capacity: form.capacity,
    price: moneyOf(form.price, currency),
    deposit: depositOf(form, currency),
    staffIds: form.staffIds,
    resourceNeeds: form.needs.map((need) => ({ kind: need.kind.trim(), quantity: need.quantity })),
  };
}

/** A notice of 90 minutes is shown as two hours, and stays 90 minutes until somebody writes another number. */
function noticeOf(hours: number, seen: Service | undefined): number {
  const unchanged = seen && Math.round(seen.minNoticeMinutes / HOUR) === hours;
  return unchanged ? seen.minNoticeMinutes : hours * HOUR;
}

function depositOf(form: ServiceForm, currency: string): NonNullable<NewService["deposit"]> {
  if (form.depositKind === "fixed") return { kind: "fixed", amount: moneyOf(form.depositAmount, currency) };
  if (form.depositKind === "percent") return { kind: "percent", percent: form.depositPercent };
  return { kind: form.depositKind };
}

function moneyOf(text: string, currency: string): Money {
  return parsedMoney(text, currency) ?? { amount: 0, currency };
}
