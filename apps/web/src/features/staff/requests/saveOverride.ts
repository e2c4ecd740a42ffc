/** `PUT /api/staff/{id}/overrides/{date}`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import type { Range } from "../../../lib/hours/week";

export interface OverrideToSave {
  readonly staffId: string;
  readonly date: string;
  /** None: not working on that date. */
  readonly blocks: readonly Range[];
  readonly reason: string;
}

export function useSaveOverride() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ staffId, date, blocks, reason }: OverrideToSave) =>
      answer(
        api.PUT("/api/staff/{staff_id}/overrides/{on}", {
          params: { path: { staff_id: staffId, on: date } },
          body: { blocks: [...blocks], reason },
        }),
      ),
    onSuccess: (_saved, { staffId }) => queries.invalidateQueries({ queryKey: ["overrides", staffId] }),
  });
}
