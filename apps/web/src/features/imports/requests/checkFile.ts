/** `POST /api/imports`: what would become of every row of a file. Nothing is written yet. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, once, type Shape } from "../../../lib/api/client";
import { importsQuery } from "./listImports";

export interface FileToCheck {
  readonly kind: Shape<"ImportKind">;
  readonly file: File;
  /** Of appointments: what they may knowingly pass by. */
  readonly allow: Shape<"NewImportForm">["allow"];
  /** Of time off: whose it is. */
  readonly staffId: string | null;
}

export function useCheckFile() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, ...about }: FileToCheck) =>
      answer(
        api.POST("/api/imports", {
          body: { ...about, file: file.name },
          bodySerializer: () => formOf({ file, ...about }),
          headers: once(),
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: importsQuery.queryKey }),
  });
}

function formOf({ kind, file, allow, staffId }: FileToCheck): FormData {
  const form = new FormData();
  form.set("kind", kind);
  form.set("file", file);
  for (const each of allow) form.append("allow", each);
  if (staffId) form.set("staffId", staffId);
  return form;
}
