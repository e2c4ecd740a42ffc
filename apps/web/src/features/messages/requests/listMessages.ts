/** `GET /api/messages`: the newest first. */

import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Message = Shape<"MessageOut">;
export type MessageStatus = Message["status"];

export function messagesQuery(status: MessageStatus | undefined) {
  return infiniteQueryOptions({
    queryKey: ["messages", "list", status ?? "all"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/messages", {
          params: { query: { limit: 50, cursor: pageParam, ...(status ? { status } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
}
