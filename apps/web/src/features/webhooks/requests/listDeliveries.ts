/** `GET /api/webhook-endpoints/{id}/deliveries`: the newest first; looked at again while one is on its way. */

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Delivery = Shape<"DeliveryOut">;
export type DeliveryState = Delivery["state"];

const SOON = 2_000; // milliseconds

export function deliveriesQuery(endpointId: string, state: DeliveryState | undefined) {
  return infiniteQueryOptions({
    queryKey: ["webhooks", "deliveries", endpointId, state ?? "all"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/webhook-endpoints/{endpoint_id}/deliveries", {
          params: {
            path: { endpoint_id: endpointId },
            query: { limit: 20, cursor: pageParam, ...(state ? { state } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.items.some((one) => one.state === "waiting")) ? SOON : false,
  });
}
