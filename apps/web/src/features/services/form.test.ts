import { describe, expect, it } from "vitest";
import type { Service } from "../../lib/requests/listServices";
import { fieldsOf, formOf, NEW_SERVICE, serviceSchema } from "./form";

const SERVICE: Service = {
  id: "01",
  businessId: "02",
  name: "Massage",
  description: "An hour",
  category: null,
  color: "#2f855a",
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  slotIntervalMinutes: 30,
  price: { amount: 25050, currency: "AED" },
  deposit: { kind: "percent", percent: 20 },
  minNoticeMinutes: 90,
  maxAdvanceDays: 30,
  capacity: 1,
  resourceNeeds: [{ kind: "room", quantity: 1 }],
  staffIds: ["03"],
  active: true,
  archived: false,
  createdAt: "",
  updatedAt: "",
  revision: 4,
};

describe("a service in its form", () => {
  it("is saved as it was when nothing is written, also a notice that is no whole hour", () => {
    const { id, businessId, archived, createdAt, updatedAt, revision, ...fields } = SERVICE;
    expect([id, businessId, archived, createdAt, updatedAt, revision]).toHaveLength(6);
    expect(fieldsOf(formOf(SERVICE), "AED", SERVICE)).toEqual(fields);
  });

  it("has the notice that is written", () => {
    expect(fieldsOf({ ...formOf(SERVICE), noticeHours: 3 }, "AED", SERVICE).minNoticeMinutes).toBe(180);
  });

  it("asks for an amount only of a deposit that has one", () => {
    const check = (form: object) => serviceSchema("AED").safeParse({ ...NEW_SERVICE, name: "A", price: "10", ...form });
    expect(check({}).success).toBe(true);
    expect(check({ depositKind: "fixed" }).error?.issues[0]?.path).toEqual(["depositAmount"]);
    expect(check({ depositKind: "fixed", depositAmount: "5" }).success).toBe(true);
    expect(check({ name: "  " }).success).toBe(false);
    expect(check({ durationMinutes: 4 }).success).toBe(false);
    expect(check({ durationMinutes: Number.NaN }).success).toBe(false);
    expect(check({ price: "ten" }).success).toBe(false);
    const need = { kind: "room", quantity: 1 };
    expect(check({ needs: [need, { ...need, kind: "sauna" }] }).success).toBe(true);
    expect(check({ needs: [need, { ...need, kind: " room" }] }).success).toBe(false);
  });
});
