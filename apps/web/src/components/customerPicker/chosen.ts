/** Somebody who is known, or somebody new. */
export type Chosen =
  | { readonly id: string; readonly name: string; readonly contact: string }
  | { readonly id?: undefined; readonly name: string; readonly email: string; readonly phone: string };

type Sent =
  | { readonly customerId: string }
  | { readonly customer: { readonly name: string; readonly email?: string; readonly phone?: string } };

/** As a body names them. */
export function customerOf(chosen: Chosen): Sent {
  if (chosen.id !== undefined) return { customerId: chosen.id };
  const { name, email, phone } = chosen;
  return { customer: { name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) } };
}
