/** `GET /api/customers/{id}/export`: all that is stored of one person. */

import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { keep } from "../../../lib/files/keep";

export function useExportCustomer(id: string) {
  return useMutation({
    mutationFn: async () => {
      const call = api.GET("/api/customers/{customer_id}/export", {
        params: { path: { customer_id: id } },
        parseAs: "blob",
      });
      keep(await answer(call), `customer-${id}.json`);
    },
  });
}
