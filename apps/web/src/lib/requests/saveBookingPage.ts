import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { withDefaults, type Given } from "./given";
import { bookingPagesQuery } from "./listBookingPages";

export interface BookingPageToSave {
  /** The one that is changed, as it was seen; absent for a new one. */
  readonly seen?: { readonly id: string; readonly revision: number };
  readonly fields: Given<"NewBookingPage", "slug">;
  /** Of a new one: sent again under the same key, it is added once. */
  readonly key?: string;
}

export function useSaveBookingPage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, fields, key }: BookingPageToSave) =>
      seen
        ? answer(
            api.PUT("/api/booking-pages/{page_id}", {
              params: { path: { page_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
              body: changesOf(fields),
            }),
          )
        : answer(
            api.POST("/api/booking-pages", {
              body: withDefaults(fields),
              headers: key ? { "Idempotency-Key": key } : {},
            }),
          ),
    onSettled: () => queries.invalidateQueries({ queryKey: bookingPagesQuery.queryKey }),
  });
}

/** A new page may leave these to the business by null; an old one keeps what it has when they are absent. */
function changesOf({ title, locale, ...rest }: Given<"NewBookingPage", "slug">): Shape<"BookingPageChanges"> {
  return { ...rest, ...(title ? { title } : {}), ...(locale ? { locale } : {}) };
}
