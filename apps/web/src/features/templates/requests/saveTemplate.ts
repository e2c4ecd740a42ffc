/** `PUT /api/templates/{kind}/{channel}/{locale}`: what cannot be filled in is refused, with its line. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { pathOf } from "../path";
import { templatesQuery, type Template } from "./listTemplates";

export interface TemplateToSave {
  readonly seen: Template;
  readonly changes: Shape<"TemplateChanges">;
}

export function useSaveTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, changes }: TemplateToSave) =>
      answer(
        api.PUT("/api/templates/{kind}/{channel}/{locale}", {
          params: { path: pathOf(seen), header: { "if-match": `"${seen.revision}"` } },
          body: changes,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: templatesQuery.queryKey }),
  });
}
