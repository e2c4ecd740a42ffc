/** `GET /api/customers/export.csv`. */

import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { keep } from "../files/keep";

export function useExportCustomers() {
  return useMutation({
    mutationFn: async () =>
      keep(await answer(api.GET("/api/customers/export.csv", { parseAs: "blob" })), "customers.csv"),
  });
}
