/** `GET /api/services`: everything that can be booked. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type Service = Shape<"Service">;

export const services = queryOptions({
  queryKey: ["services"],
  queryFn: ({ signal }): Promise<Service[]> =>
    everyPage((page) => answer(api.GET("/api/services", { params: { query: { active: true, ...page } }, signal }))),
});
