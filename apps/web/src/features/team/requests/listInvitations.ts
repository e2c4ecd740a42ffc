/** `GET /api/invitations`: those that nobody has accepted. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { everyPage } from "../../../lib/api/pages";

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/invitations", { params: { query: { ...page } }, signal }))),
});
