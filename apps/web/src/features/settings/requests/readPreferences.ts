/** `GET /api/notification-settings`. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";

export const preferencesQuery = queryOptions({
  queryKey: ["notificationSettings"],
  queryFn: ({ signal }) => answer(api.GET("/api/notification-settings", { signal })),
});
