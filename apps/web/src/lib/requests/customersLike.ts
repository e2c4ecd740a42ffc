/** `GET /api/customers?search=`: by any part of a name, an email or a phone number. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";

export type Customer = Shape<"Customer">;

const MOST = 6;
const SHORTEST = 2;

export function customersLike(search: string) {
  return queryOptions({
    queryKey: ["customers", "like", search],
    queryFn: async ({ signal }): Promise<Customer[]> => {
      const query = { search, limit: MOST };
      return (await answer(api.GET("/api/customers", { params: { query }, signal }))).items;
    },
    enabled: search.length >= SHORTEST,
    placeholderData: keepPreviousData,
  });
}
