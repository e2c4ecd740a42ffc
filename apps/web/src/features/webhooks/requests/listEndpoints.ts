/** `GET /api/webhook-endpoints`: in the order in which they were made, without their secrets. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export type Endpoint = Shape<"EndpointOut">;

export const endpointsQuery = queryOptions({
  queryKey: ["webhooks", "endpoints"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/webhook-endpoints", { params: { query: { ...page } }, signal }))),
});
