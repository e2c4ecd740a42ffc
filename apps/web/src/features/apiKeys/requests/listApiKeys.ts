/** `GET /api/api-keys`. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export const apiKeysQuery = queryOptions({
  queryKey: ["apiKeys"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/api-keys", { params: { query: { ...page } }, signal }))),
});
