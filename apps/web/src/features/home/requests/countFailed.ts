/** `GET /api/messages?status=failed`: whether there are any, and how many at least. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export const failedQuery = queryOptions({
  queryKey: ["messages", "failed", "count"],
  queryFn: async ({ signal }) => {
    const page = await answer(api.GET("/api/messages", { params: { query: { status: "failed", limit: 50 } }, signal }));
    return { count: page.items.length, isMore: Boolean(page.nextCursor) };
  },
});
