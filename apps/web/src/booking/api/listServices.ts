import { queryOptions } from "@tanstack/react-query";
import { get } from "./request";
import type { Service } from "./types";

export const servicesQuery = (slug: string) =>
  queryOptions({
    queryKey: ["services", slug],
    queryFn: async () => (await get<{ items: Service[] }>(`booking/${slug}/services`)).items,
  });
