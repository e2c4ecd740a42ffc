import { expect, test } from "vitest";
import type { BookingPage } from "../../lib/requests/listBookingPages";
import { bookingPageSchema, embedCode, fieldsOf, formOf, NEW_PAGE } from "./form";

const PAGE: BookingPage = {
  id: "01",
  businessId: "02",
  slug: "marina",
  aliases: [],
  title: "Marina",
  description: "",
  policyText: "Be early",
  confirmationText: "",
  serviceIds: null,
  staffIds: ["03"],
  confirmation: "manual",
  cancelWindowMinutes: 90,
  rescheduleWindowMinutes: 1440,
  refundPolicy: { late: "percent", percent: 50 },
  theme: { accent: "#276749", logoUrl: null, radius: 4 },
  intakeQuestions: [
    { id: "04", serviceId: null, label: "Size?", kind: "choice", options: ["small", "large"], required: true },
  ],
  embedOrigins: ["https://www.example.com"],
  locale: "en",
  active: true,
  archived: false,
  indexed: true,
  createdAt: "",
  updatedAt: "",
  revision: 2,
  captcha: null,
  payments: null,
};

test("a page is saved as it was when nothing is written, also a window that is no whole hour", () => {
  const { id, businessId, aliases, archived, createdAt, updatedAt, revision, captcha, payments, ...fields } = PAGE;
  expect([id, businessId, aliases, archived, createdAt, updatedAt, revision, captcha, payments]).toHaveLength(9);
  expect(fieldsOf(formOf(PAGE), PAGE)).toEqual(fields);
});

test("options are those of a choice only", () => {
  const form = formOf(PAGE);
  const questions = form.questions.map((question) => ({ ...question, kind: "text" as const }));
  expect(fieldsOf({ ...form, questions }, PAGE).intakeQuestions).toMatchObject([
    { id: "04", kind: "text", options: [] },
  ]);
});

test("an address is small letters, digits and hyphens", () => {
  const isFine = (slug: string) => bookingPageSchema.safeParse({ ...NEW_PAGE, slug }).success;
  expect(["abc", "studio-54", "a".repeat(60)].map(isFine)).toEqual([true, true, true]);
  expect(["ab", "-abc", "Abc", "a b c", "a".repeat(61)].map(isFine)).toEqual([false, false, false, false, false]);
});

test("the code for a website has the page's address and the script's, in each of the three ways", () => {
  const about = { origin: "https://book.example.com", slug: "marina", label: "Book now", accent: "#276749" };
  expect(embedCode("inline", about)).toBe(
    '<div data-sundial="marina"><a href="https://book.example.com/booking/marina">Book now</a></div>\n' +
      '<script async src="https://book.example.com/embed.js"></script>',
  );
  expect(embedCode("popup", about)).toBe(
    '<a data-sundial-popup="marina" href="https://book.example.com/booking/marina">Book now</a>\n' +
      '<script async src="https://book.example.com/embed.js"></script>',
  );
  expect(embedCode("floating", about)).toBe(
    '<script async src="https://book.example.com/embed.js"\n' +
      '    data-sundial-floating="marina" data-sundial-label="Book now" data-sundial-color="#276749"></script>',
  );
});
