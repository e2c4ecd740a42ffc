/** `GET /api/members`. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export type Member = Shape<"MemberDetails">;

export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/members", { params: { query: { ...page } }, signal }))),
});
