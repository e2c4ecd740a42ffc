import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type Service = Shape<"Service">;

/** Every service but the archived ones, in the order in which they were added. */
export const servicesQuery = queryOptions({
  queryKey: ["services", "all"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/services", { params: { query: { ...page } }, signal }))),
});
