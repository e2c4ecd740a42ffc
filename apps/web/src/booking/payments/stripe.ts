/** Stripe.js (https://docs.stripe.com/js), as much of it as a deposit needs; loaded only where one is due. */

import { loadScript } from "../loadScript";

const ADDRESS = "https://js.stripe.com/v3/";

export interface StripeError {
  readonly type: string;
  readonly code?: string;
  readonly decline_code?: string;
}

interface Result {
  readonly error?: StripeError;
  readonly paymentIntent?: { readonly status: string };
}

interface PaymentElement {
  mount(place: HTMLElement): void;
  destroy(): void;
  on(event: "ready" | "loaderror", told: () => void): void;
}

interface Elements {
  create(kind: "payment", how?: object): PaymentElement;
}

interface Stripe {
  elements(how: object): Elements;
  confirmPayment(how: object): Promise<Result>;
  retrievePaymentIntent(clientSecret: string): Promise<Result>;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string, how?: object) => Stripe;
  }
}

export interface Look {
  readonly locale: string;
  readonly accent: string;
  readonly radius: number;
  readonly isDark: boolean;
}

export interface CardForm {
  /** What came of it. Never rejects; what the bank asks for is done before. */
  readonly pay: () => Promise<Result>;
  readonly remove: () => void;
}

/** `scriptPath`: where a stand-in is. Rejects when the form cannot be loaded. */
export async function cardForm(
  place: HTMLElement,
  keys: { publishableKey: string; scriptPath?: string | null; clientSecret: string },
  look: Look,
  returnTo: string,
): Promise<CardForm> {
  await loadScript(keys.scriptPath ?? ADDRESS);
  const stripe = window.Stripe?.(keys.publishableKey, { locale: look.locale });
  if (!stripe) throw new Error("Stripe.js is not there");
  const elements = stripe.elements({ clientSecret: keys.clientSecret, appearance: appearance(look) });
  const element = elements.create("payment");
  await new Promise<void>((resolve, reject) => {
    element.on("ready", resolve);
    element.on("loaderror", () => {
      reject(new Error("the card form cannot be loaded"));
    });
    element.mount(place);
  });
  return {
    pay: async () => {
      const paid = await confirmed(stripe, elements, returnTo);
      if (paid.error?.type !== "api_connection_error") return paid;
      return stripe.retrievePaymentIntent(keys.clientSecret).then((seen) => (isPaid(seen) ? seen : paid));
    },
    remove: () => {
      element.destroy();
    },
  };
}

/** Whether the card keeps the amount ready, or the bank is still at work on it. */
export function isPaid({ paymentIntent }: Result): boolean {
  return ["requires_capture", "succeeded", "processing"].includes(paymentIntent?.status ?? "");
}

async function confirmed(stripe: Stripe, elements: Elements, returnTo: string): Promise<Result> {
  try {
    return await stripe.confirmPayment({ elements, redirect: "if_required", confirmParams: { return_url: returnTo } });
  } catch {
    return { error: { type: "api_connection_error" } };
  }
}

function appearance({ accent, radius, isDark }: Look): object {
  return { theme: isDark ? "night" : "stripe", variables: { colorPrimary: accent, borderRadius: `${radius}px` } };
}
