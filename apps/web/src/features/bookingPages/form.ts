/** A booking page as somebody writes it, and as the server takes it. */

import { z } from "../../lib/forms/zod";
import type { BookingPage } from "../../lib/requests/listBookingPages";
import type { BookingPageToSave } from "../../lib/requests/saveBookingPage";

const HOUR = 60; // minutes
const LONGEST_WINDOW = 8760; // hours
const text = z.string().check(z.maxLength(5000));

export const LIMITS = {
  cancelHours: [0, LONGEST_WINDOW],
  rescheduleHours: [0, LONGEST_WINDOW],
  refundPercent: [1, 100],
  radius: [0, 64],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

function limited(field: keyof typeof LIMITS) {
  const [least, most] = LIMITS[field];
  return z.number().check(z.int(), z.minimum(least), z.maximum(most));
}

export const bookingPageSchema = z.object({
  slug: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$/)),
  title: z.string().check(z.maxLength(200)),
  description: text,
  policyText: text,
  confirmationText: text,
  locale: z.string(),
  active: z.boolean(),
  indexed: z.boolean(),
  hasAllServices: z.boolean(),
  serviceIds: z.array(z.string()),
  hasAllStaff: z.boolean(),
  staffIds: z.array(z.string()),
  confirmation: z.enum(["automatic", "manual"]),
  cancelHours: limited("cancelHours"),
  rescheduleHours: limited("rescheduleHours"),
  refundLate: z.enum(["none", "percent"]),
  refundPercent: limited("refundPercent"),
  accent: z.string(),
  radius: limited("radius"),
  logoUrl: z.string(),
  questions: z.array(
    z.object({
      /** Of a question that is there already: the same question as before. */
      questionId: z.string(),
      serviceId: z.string(),
      label: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
      kind: z.enum(["text", "choice", "checkbox"]),
      options: z.string(),
      required: z.boolean(),
    }),
  ),
  origins: z.string(),
});

export type BookingPageForm = z.infer<typeof bookingPageSchema>;
export type QuestionForm = BookingPageForm["questions"][number];

export const NEW_QUESTION: QuestionForm = {
  questionId: "",
  serviceId: "",
  label: "",
  kind: "text",
  options: "",
  required: false,
};

export const NEW_PAGE: BookingPageForm = {
  slug: "",
  title: "",
  description: "",
  policyText: "",
  confirmationText: "",
  locale: "en",
  active: true,
  indexed: true,
  hasAllServices: true,
  serviceIds: [],
  hasAllStaff: true,
  staffIds: [],
  confirmation: "automatic",
  cancelHours: 24,
  rescheduleHours: 24,
  refundLate: "none",
  refundPercent: 50,
  accent: "#276749",
  radius: 8,
  logoUrl: "",
  questions: [],
  origins: "",
};

export function formOf(page: BookingPage): BookingPageForm {
  return {
    slug: page.slug,
    title: page.title,
    description: page.description,
    policyText: page.policyText,
    confirmationText: page.confirmationText,
    locale: page.locale,
    active: page.active,
    indexed: page.indexed,
    hasAllServices: page.serviceIds === null,
    serviceIds: page.serviceIds ?? [],
    hasAllStaff: page.staffIds === null,
    staffIds: page.staffIds ?? [],
    confirmation: page.confirmation,
    cancelHours: Math.round(page.cancelWindowMinutes / HOUR),
    rescheduleHours: Math.round(page.rescheduleWindowMinutes / HOUR),
    refundLate: page.refundPolicy.late,
    refundPercent: page.refundPolicy.percent ?? NEW_PAGE.refundPercent,
    accent: page.theme.accent,
    radius: page.theme.radius ?? NEW_PAGE.radius,
    logoUrl: page.theme.logoUrl ?? "",
    questions: page.intakeQuestions.map((question) => ({
      questionId: question.id,
      serviceId: question.serviceId ?? "",
      label: question.label,
      kind: question.kind,
      options: question.options.join(", "),
      required: question.required,
    })),
    origins: page.embedOrigins.join("\n"),
  };
}

/** Of a form without errors. What the form does not show exactly stays as it was seen. */
export function fieldsOf(form: BookingPageForm, seen?: BookingPage): BookingPageToSave["fields"] {
  return {
    slug: form.slug,
    title: form.title.trim() || null,
    description: form.description,
    policyText: form.policyText,
    confirmationText: form.confirmationText,
    locale: form.locale,
    active: form.active,
    indexed: form.indexed,
    serviceIds: form.hasAllServices ? null : form.serviceIds,
    staffIds: form.hasAllStaff ? null : form.staffIds,
    confirmation: form.confirmation,
    cancelWindowMinutes: windowOf(form.cancelHours, seen?.cancelWindowMinutes),
    rescheduleWindowMinutes: windowOf(form.rescheduleHours, seen?.rescheduleWindowMinutes),
    refundPolicy: form.refundLate === "percent" ? { late: "percent", percent: form.refundPercent } : { late: "none" },
    theme: { accent: form.accent, radius: form.radius, logoUrl: form.logoUrl.trim() || null },
    intakeQuestions: form.questions.map(questionOf),
    embedOrigins: form.origins.split(/\s+/).filter(Boolean),
  };
}

/** A window of 90 minutes is shown as two hours, and stays 90 minutes until somebody writes another number. */
function windowOf(hours: number, seen: number | undefined): number {
  return seen !== undefined && Math.round(seen / HOUR) === hours ? seen : hours * HOUR;
}

function questionOf({ questionId, serviceId, label, kind, options, required }: QuestionForm) {
  return {
    ...(questionId ? { id: questionId } : {}),
    serviceId: serviceId || null,
    label: label.trim(),
    kind,
    options:
      kind === "choice"
        ? options
            .split(/[,،]/)
            .map((each) => each.trim())
            .filter(Boolean)
        : [],
    required,
  };
}

export const MODES = ["inline", "popup", "floating"] as const;
export type EmbedMode = (typeof MODES)[number];

export interface Embedded {
  /** Of this installation. */
  readonly origin: string;
  readonly slug: string;
  readonly label: string;
  readonly accent: string;
}

/**
 * What stands in somebody's own page: in its place, behind a button of the page, or behind one in the corner. The link
 * is for who has no scripts.
 */
export function embedCode(mode: EmbedMode, { origin, slug, label, accent }: Embedded): string {
  const script = `<script async src="${origin}/embed.js"`;
  const link = (attributes: string) => `<a${attributes} href="${origin}/booking/${slug}">${label}</a>`;
  if (mode === "popup") return [link(` data-sundial-popup="${slug}"`), `${script}></script>`].join("\n");
  if (mode === "inline") return [`<div data-sundial="${slug}">${link("")}</div>`, `${script}></script>`].join("\n");
  const attributes = `data-sundial-floating="${slug}" data-sundial-label="${label}" data-sundial-color="${accent}"`;
  return [script, `    ${attributes}></script>`].join("\n");
}
