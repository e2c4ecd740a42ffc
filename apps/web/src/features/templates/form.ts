/** The words of a template as somebody writes them, and as the server takes them. */

import type { Shape } from "../../lib/api/client";
import type { Template } from "./requests/listTemplates";

export interface TemplateForm {
  subject: string;
  body: string;
  text: string;
}

export const PARTS = ["subject", "body", "text"] as const satisfies readonly (keyof TemplateForm)[];

export function formOf({ subject, body, text }: Template): TemplateForm {
  return { subject: subject ?? "", body: body ?? "", text };
}

/** Only an email has more than a text. */
export function changesOf({ subject, body, text }: TemplateForm, { channel }: Template): Shape<"TemplateChanges"> {
  return channel === "email" ? { subject, body, text } : { text };
}
