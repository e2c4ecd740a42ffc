/** `GET /api/templates`: of every kind, channel and language, in the business's own words where it has some. */

import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";

export type Template = Shape<"Template">;

export const templatesQuery = queryOptions({
  queryKey: ["templates", "list"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/templates", { signal }))).items,
});
