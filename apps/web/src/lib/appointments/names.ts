/** What an appointment is called. */

import type { Shape } from "../api/client";

type Named = Pick<Shape<"AppointmentDetails">, "customer" | "serviceName">;

/** `Omar · Pilates` */
export function titleOf({ customer, serviceName }: Named): string {
  return customer ? `${customer.name} · ${serviceName}` : serviceName;
}

/** Whose it is, or what it is. */
export function who({ customer, serviceName }: Named): string {
  return customer?.name ?? serviceName;
}
