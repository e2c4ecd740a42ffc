import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type Resource = Shape<"Resource">;

/** Every room and machine but the archived ones, in the order in which they were added. */
export const resourcesQuery = queryOptions({
  queryKey: ["resources"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/resources", { params: { query: { ...page } }, signal }))),
});
