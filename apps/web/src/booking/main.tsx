/** The booking page comes alive: what the document says in plain HTML becomes the wizard, once all that it needs is there. */

import { QueryClient } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import "./booking.css";
import "./steps/steps.css";
import "./layout/layout.css";
import { servicesQuery } from "./api/listServices";
import { pageQuery } from "./api/readPage";
import { isPassing } from "./api/request";
import { App } from "./App";
import { placeOf } from "./flow/address";
import { languageOf } from "./i18n/messages";

const FRESH = 60_000; // milliseconds

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH, networkMode: "always", retry: (failures, error) => failures < 2 && isPassing(error) },
    mutations: { networkMode: "always" },
  },
});

async function begin(root: HTMLElement): Promise<void> {
  const { slug } = root.dataset;
  const place = placeOf(location.pathname, slug);
  if (slug !== undefined) await Promise.allSettled(needed(slug, place.kind === "page"));
  const language = await languageOf(document.documentElement.lang);
  createRoot(root).render(<App place={place} slug={slug} language={language} queries={queries} />);
}

/** Until it is there, the document stays as it came: nothing jumps. */
function needed(slug: string, withServices: boolean): Promise<unknown>[] {
  const page = queries.query(pageQuery(slug));
  return withServices ? [page, queries.query(servicesQuery(slug))] : [page];
}

const root = document.getElementById("root");
if (root) void begin(root);
