import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type StaffMember = Shape<"StaffMember">;

/** Everybody but those who are archived, in the order in which they were added. */
export const staffQuery = queryOptions({
  queryKey: ["staff", "all"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/staff", { params: { query: { ...page } }, signal }))),
});
