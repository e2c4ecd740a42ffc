/** `POST /api/closures/import`: the public holidays of a country in a year; those that are there already stay as they are. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, once, type Shape } from "../../../lib/api/client";

export function useImportHolidays() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"HolidaysIn">) => answer(api.POST("/api/closures/import", { body, headers: once() })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["closures"] }),
  });
}
