import { expect, test } from "vitest";
import { Refused } from "../api/request";
import type { Question, Service } from "../api/types";
import { en } from "../i18n/en";
import { formatsOf } from "../i18n/formats";
import { saidOfPayment } from "../payments/refusals";
import { saidOf } from "./details/refusals";
import { likelyCountry } from "./details/countries";
import { fieldAt } from "./details/order";
import { e164 } from "./details/phone";
import { emptyDetails, given, schemaOf } from "./details/schema";
import { EVERYTHING, matching } from "./offers/offers";
import { nextFree } from "./staff/nextFree";

test.each([
  ["AE", "050 123 4567", "+971501234567"],
  ["AE", "+44 20 7946 0958", "+442079460958"],
  ["AE", "0044 20 7946 0958", "+442079460958"],
  ["IT", "06 1234 5678", "+390612345678"],
  ["SA", "٠٥٥١٢٣٤٥٦٧", "+966551234567"],
  ["AE", "call me", null],
  ["AE", "12", null],
  ["AE", "020 7946 0958", null],
  ["GB", "+44 (0)20 7946 0958", "+442079460958"],
  ["CI", "07 12 34 56 78", "+2250712345678"],
  ["HU", "06 20 123 4567", "+36201234567"],
  ["AG", "464 1234", "+12684641234"],
  ["DO", "829 234 5678", "+18292345678"],
  ["US", "1 415 555 2671", "+14155552671"],
])("in %s, %s is %s", (country, typed, number) => {
  expect(e164(country, typed)).toBe(number);
});

test("the country is that of the business, else that of a language", () => {
  expect(likelyCountry("+971501234567", "en-GB")).toBe("AE");
  expect(likelyCountry("+17875551234", "en-GB")).toBe("PR");
  expect(likelyCountry(null, "en", "en-GB")).toBe("GB");
  expect(likelyCountry("+14155552671", "en-GB")).toBe("US");
  expect(likelyCountry("+14165552671", "en-CA")).toBe("CA");
});

const asked = (id: string, kind: Question["kind"]): Question => ({
  id,
  kind,
  label: id,
  options: ["x"],
  required: true,
});

test("what has to be answered is asked for, each at its place", () => {
  const questions = [asked("text", "text"), asked("box", "checkbox")];
  const found = schemaOf(questions, en, "en").safeParse({ ...emptyDetails(questions, "AE"), phone: "x" });
  expect(found.error?.issues.map(({ path }) => path.join(".")).sort()).toEqual([
    "answers.box",
    "answers.text",
    "email",
    "name",
    "phone",
  ]);
  const full = { name: " Sara ", email: "sara@example.com", country: "AE", phone: "", optIn: false, notes: "" };
  expect(schemaOf(questions, en, "en").safeParse({ ...full, answers: { text: "no", box: true } }).data?.name).toBe(
    "Sara",
  );
  const elsewhere = schemaOf([], en, "en").safeParse({ ...full, phone: "020 7946 0958", answers: {} });
  expect(elsewhere.error?.issues.map(({ message }) => message)).toEqual([en.phoneElsewhere("United Arab Emirates")]);
  expect(given({ text: "no", box: false, other: "" })).toEqual({ text: "no" });
});

test("a pointer of the server leads to its field", () => {
  expect(["/customer/email", "/answers/0190", "/notes", "/start"].map(fieldAt)).toEqual([
    "email",
    "answers.0190",
    "notes",
    undefined,
  ]);
});

const service = (name: string, durationMinutes: number): Service =>
  ({
    name,
    description: "",
    category: null,
    durationMinutes,
    staff: [{ name: "Chloé", specializations: ["Yoga"] }],
  }) as unknown as Service;

test("services are found by any of their words, with or without accents, and by how long they take", () => {
  const services = [service("Pilates", 30), service("Massage", 90)];
  const found = (filter: object) => matching(services, { ...EVERYTHING, ...filter }).map(({ name }) => name);
  expect(found({ search: "chloe mass" })).toEqual(["Massage"]);
  expect(found({ duration: "short" })).toEqual(["Pilates"]);
  expect(found({ specialization: "Yoga" })).toEqual(["Pilates", "Massage"]);
  expect(found({ search: "nothing" })).toEqual([]);
});

test("everybody is free next at their own first time, and anyone at the first of all", () => {
  const slot = (start: string, ...staffIds: string[]) => ({ start, end: start, staffIds });
  const free = nextFree({
    timezone: "UTC",
    nextAvailable: null,
    days: [{ date: "2026-12-01", slots: [slot("09:00", "a"), slot("09:30", "a", "b")] }],
  });
  expect([free.get(null), free.get("a"), free.get("b")]).toEqual(["09:00", "09:00", "09:30"]);
});

test("a refused card is answered by what its owner can do, insufficient funds before declined", () => {
  const error = { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" };
  expect(saidOfPayment(error, en)).toBe(en.insufficient);
  expect(saidOfPayment({ ...error, decline_code: "lost_card" }, en)).toBe(en.declined);
  expect(saidOfPayment({ type: "card_error", code: "new_code" }, en)).toBe(en.payFailed);
  expect(saidOfPayment({ type: "api_connection_error" }, en)).toBe(en.bankUnreachable);
});

test("a booking whose fields are refused asks to look at them, and any other says that it failed", () => {
  const refused = { status: 422, code: "InvalidRequest", detail: "" };
  const errors = [{ pointer: "/customer/phone", detail: "is no number" }];
  expect(saidOf(new Refused({ ...refused, errors }), en, formatsOf("en"))).toBe(en.fieldsRefused);
  expect(saidOf(new Refused(refused), en, formatsOf("en"))).toBe(en.unknownFailure);
});

test("amounts have the decimals of ISO 4217, and digits are Latin", () => {
  expect(formatsOf("en").money({ amount: 15050, currency: "AED" })).toBe("AED\u00a0150.50");
  expect(formatsOf("en").money({ amount: 1500, currency: "JPY" })).toBe("¥1,500");
  expect(formatsOf("en").money({ amount: 1500, currency: "KWD" })).toBe("KWD\u00a01.500");
  expect(formatsOf("ar-EG").money({ amount: 15000, currency: "EGP" })).toContain("150");
  expect(formatsOf("en").countdown(299)).toBe("4:59");
});
