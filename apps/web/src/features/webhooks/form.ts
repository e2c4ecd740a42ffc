/** An endpoint as somebody writes it, and as the server takes it. */

import type { Shape } from "../../lib/api/client";

export interface EndpointForm {
  url: string;
  description: string;
  hasAll: boolean;
  events: string[];
}

export const NEW_ENDPOINT: EndpointForm = { url: "", description: "", hasAll: true, events: [] };

export function formOf({ url, description, events }: Shape<"EndpointOut">): EndpointForm {
  return { url, description, hasAll: events.length === 0, events };
}

/** No events are all that there are. */
export function fieldsOf({ url, description, hasAll, events }: EndpointForm): Shape<"NewEndpoint"> {
  return { url: url.trim(), description: description.trim(), events: hasAll ? [] : events };
}
