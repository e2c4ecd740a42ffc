/** `DELETE /api/templates/{kind}/{channel}/{locale}`: back to the words that come with the product. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { pathOf } from "../path";
import { templatesQuery, type Template } from "./listTemplates";

export function useResetTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (seen: Template) =>
      answer(
        api.DELETE("/api/templates/{kind}/{channel}/{locale}", {
          params: { path: pathOf(seen), header: { "if-match": `"${seen.revision}"` } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: templatesQuery.queryKey }),
  });
}
