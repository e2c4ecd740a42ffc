import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Shape } from "../api/client";
import { everyPage } from "../api/pages";

export type BookingPage = Shape<"BookingPageOut">;

export const bookingPagesQuery = queryOptions({
  queryKey: ["bookingPages"],
  queryFn: ({ signal }) =>
    everyPage((page) => answer(api.GET("/api/booking-pages", { params: { query: { ...page } }, signal }))),
});
