import { expect, test } from "vitest";
import { zoneOf } from "../../lib/time/zone";
import { wishOf, wishSchema } from "./wishForm";

const FORM = { serviceId: "cut", staffId: "", first: "2026-12-01", last: "2026-12-01" };

test("somebody waits from the first midnight of the business to the end of the last day", () => {
  expect(wishOf(FORM, zoneOf("Asia/Dubai"))).toEqual({
    serviceId: "cut",
    from: "2026-11-30T20:00:00.000Z",
    to: "2026-12-01T20:00:00.000Z",
  });
  expect(wishSchema.safeParse(FORM).success).toBe(true);
  expect(wishSchema.safeParse({ ...FORM, last: "2026-11-30" }).success).toBe(false);
});
