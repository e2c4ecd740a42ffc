/** `POST /api/templates/{kind}/{channel}/{locale}/preview`: filled in with an example. Nothing is kept or sent. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { pathOf } from "../path";
import type { Template } from "./listTemplates";

/** Whoever is typing is not asked about at every letter. */
const PAUSE = 350; // milliseconds

export function previewQuery(template: Template, changes: Shape<"TemplateChanges">) {
  const path = pathOf(template);
  return queryOptions({
    queryKey: ["templates", "preview", path, changes],
    retry: false,
    gcTime: 60_000,
    queryFn: async ({ signal }) => {
      await pause(signal);
      return answer(
        api.POST("/api/templates/{kind}/{channel}/{locale}/preview", { params: { path }, body: changes, signal }),
      );
    },
  });
}

/** Rejects as soon as something else is wanted. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, PAUSE);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("Something else is wanted.", "AbortError"));
    });
  });
}
