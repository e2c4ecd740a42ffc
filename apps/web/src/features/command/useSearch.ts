import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useNavigate } from "react-router";
import type { Shape } from "../../lib/api/client";
import { titleOf } from "../../lib/appointments/names";
import { useLocale } from "../../lib/i18n/locale";
import { customersLike, type Customer } from "../../lib/requests/customersLike";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { begins, contactOf, type Command } from "./commands";
import { nextOf } from "./nextOf";
import { useGo } from "./useGo";

/** Of so many customers the appointments are looked for as well. */
const WHOSE = 3;
const SHORTEST = 2;

export interface Found {
  readonly commands: readonly Command[];
  readonly isSearching: boolean;
  /** Whether the server could not be asked. */
  readonly isUnanswered: boolean;
}

/** What the server knows by what is written: customers by any part of a name, an email or a number, and their next appointments. */
export function useSearch(written: string): Found {
  const wanted = useDeferredValue(written.trim());
  const zone = useBusinessZone();
  const today = dayOf(zone, new Date());
  const found = useCustomers(wanted);
  const next = useQueries({
    queries: found.customers.slice(0, WHOSE).map(({ id }) => nextOf(id, zone, today)),
    combine: (all) => ({
      appointments: all.flatMap(({ data = [] }) => data),
      isSearching: all.some(({ isFetching, isPending }) => isFetching && isPending),
      isUnanswered: all.some(isWithoutAnswer),
    }),
  });
  const ofCustomer = useCustomerCommand();
  const ofAppointment = useAppointmentCommand();
  return {
    commands: [...found.customers.map(ofCustomer), ...next.appointments.map(ofAppointment)],
    isSearching: wanted !== written.trim() || found.isSearching || next.isSearching,
    isUnanswered: found.isUnanswered || next.isUnanswered,
  };
}

function useCustomers(wanted: string) {
  const locale = useLocale();
  const query = useQuery(customersLike(wanted));
  const { data = [], isFetching, isPlaceholderData } = query;
  if (wanted.length < SHORTEST) return { customers: [], isSearching: false, isUnanswered: false };
  // While those of another word are still here, none is to be taken for an answer to this one.
  const customers = isPlaceholderData ? data.filter(({ name }) => begins(name, wanted, locale)) : data;
  return { customers, isSearching: isFetching, isUnanswered: isWithoutAnswer(query) };
}

/** Without a network nothing is asked, and it does not fail either. */
function isWithoutAnswer({ isError, fetchStatus }: Pick<UseQueryResult, "isError" | "fetchStatus">): boolean {
  return isError || fetchStatus === "paused";
}

function useCustomerCommand() {
  const navigate = useNavigate();
  return (customer: Customer): Command => ({
    id: `customer-${customer.id}`,
    group: "customers",
    text: customer.name,
    more: contactOf(customer),
    run: () => void navigate(`/customers/${customer.id}`),
  });
}

function useAppointmentCommand() {
  const formats = useFormats();
  const zone = useBusinessZone();
  const go = useGo();
  return (appointment: Shape<"AppointmentDetails">): Command => {
    const start = new Date(appointment.start);
    return {
      id: `appointment-${appointment.id}`,
      group: "appointments",
      text: titleOf(appointment),
      more: formats.moment(start),
      run: () => go({ day: dayOf(zone, start), appointment: appointment.id }),
    };
  };
}
