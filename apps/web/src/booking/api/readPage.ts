import { queryOptions } from "@tanstack/react-query";
import { get } from "./request";
import type { Page } from "./types";

export const pageQuery = (slug: string) =>
  queryOptions({ queryKey: ["page", slug], queryFn: () => get<Page>(`booking/${slug}`) });
