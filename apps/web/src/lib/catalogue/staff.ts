/** `GET /api/staff`: everybody who works here. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type StaffMember = Shape<"StaffMember">;

export const staff = queryOptions({
  queryKey: ["staff"],
  queryFn: ({ signal }): Promise<StaffMember[]> =>
    everyPage((page) => answer(api.GET("/api/staff", { params: { query: { active: true, ...page } }, signal }))),
});
