/** Sends the booking, once whatever happens to the connection, and tells the form and the site around it what came of it. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { book } from "../../api/book";
import { Refused } from "../../api/request";
import type { Booked, Page } from "../../api/types";
import { Attempts } from "../../flow/attempts";
import type { Flow } from "../../flow/useFlow";
import { heldToken } from "../../flow/useHold";
import { useWords } from "../../i18n/messages";
import { fieldAt, type Unheld } from "./order";
import type { Details } from "./schema";

export function useBooking(page: Page, flow: Flow, form: UseFormReturn<Details>) {
  const words = useWords();
  const queries = useQueryClient();
  const [attempts] = useState(() => new Attempts((order, key) => book(page.slug, order, key)));
  return useMutation({
    mutationFn: async (order: Unheld) => {
      const holdToken = await heldToken(queries, page.slug, flow.store.getState().holdKey);
      return attempts.book({ ...order, holdToken: holdToken ?? null });
    },
    onSuccess: (booked) => {
      if (booked.payment) queries.setQueryData(["payment", booked.manageToken], booked.payment);
      tell(booked);
      flow.booked(booked.manageToken);
    },
    onError: async (error) => {
      if (!(error instanceof Refused)) return;
      if (error.problem.price) await queries.invalidateQueries({ queryKey: ["services", page.slug] });
      showWrong(form, error, words.fieldRefused);
    },
  });
}

export type Booking = ReturnType<typeof useBooking>;

function showWrong(form: UseFormReturn<Details>, error: Refused, message: string): void {
  let isFirst = true;
  for (const { pointer } of error.problem.errors ?? []) {
    const field = fieldAt(pointer);
    if (field === undefined) continue;
    form.setError(field, { message }, { shouldFocus: isFirst });
    isFirst = false;
  }
}

/** frame.js passes on four fields of it to the site around the page. */
function tell({ appointment }: Booked): void {
  const { id, serviceId, start, status } = appointment;
  dispatchEvent(new CustomEvent("sundial:booked", { detail: { appointmentId: id, serviceId, start, status } }));
}
