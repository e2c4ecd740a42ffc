// A stand-in for Stripe.js: one card field, confirmPayment, and the bank's question. Cards are Stripe's test cards only.
"use strict";
(() => {
  const base = new URL(".", document.currentScript.src);

  async function call(path, body) {
    const sent = { method: body ? "POST" : "GET", headers: { "Content-Type": "application/json" } };
    if (body) sent.body = JSON.stringify(body);
    try {
      const answer = await fetch(new URL(path, base), sent);
      const found = await answer.json();
      return answer.ok ? { paymentIntent: found } : { error: found.error };
    } catch {
      return { error: { type: "api_connection_error", message: "We could not reach the bank." } };
    }
  }

  const intentPath = (secret) => `payment-intents/${encodeURIComponent(secret)}`;

  class PaymentElement {
    constructor() {
      this.handlers = {};
      this.field = document.createElement("input");
      this.field.name = "card";
      this.field.autocomplete = "cc-number";
      this.field.inputMode = "numeric";
      this.field.placeholder = "4242 4242 4242 4242";
      this.field.setAttribute("aria-label", "Card number");
      this.field.addEventListener("input", () => this.emit("change", this.state()));
      this.field.addEventListener("focus", () => this.emit("focus", { elementType: "payment" }));
      this.field.addEventListener("blur", () => this.emit("blur", { elementType: "payment" }));
    }

    state() {
      const number = this.field.value.replace(/\D/g, "");
      const complete = number.length >= 15;
      return { elementType: "payment", complete, empty: number === "", collapsed: false, value: { type: "card" } };
    }

    mount(where) {
      const node = typeof where === "string" ? document.querySelector(where) : where;
      node.append(this.field);
      queueMicrotask(() => this.emit("ready", { elementType: "payment" }));
      return this;
    }

    emit(name, event) {
      for (const handler of this.handlers[name] ?? []) handler(event);
    }

    on(name, handler) {
      (this.handlers[name] ??= []).push(handler);
      return this;
    }

    once(name, handler) {
      const first = (event) => (this.off(name, first), handler(event));
      return this.on(name, first);
    }

    off(name, handler) {
      this.handlers[name] = (this.handlers[name] ?? []).filter((each) => handler && each !== handler);
      return this;
    }

    update() {}
    collapse() {}
    focus() { this.field.focus(); }
    blur() { this.field.blur(); }
    clear() { this.field.value = ""; }
    unmount() { this.field.remove(); }
    destroy() { this.field.remove(); }
  }

  class Elements {
    constructor(options) {
      this.options = options ?? {};
      this.element = null;
    }

    create() { return (this.element = new PaymentElement()); }
    getElement() { return this.element; }
    update(options) { Object.assign(this.options, options); }
    async fetchUpdates() { return {}; }

    async submit() {
      if (this.element?.state().complete) return { selectedPaymentMethod: "card" };
      return { error: { type: "validation_error", code: "incomplete_number", message: "Your card number is incomplete." } };
    }
  }

  function challenge() {
    const dialog = document.createElement("dialog");
    dialog.dataset.testid = "three-d-secure";
    const words = document.createElement("p");
    words.textContent = "Your bank asks whether it is you.";
    const yes = Object.assign(document.createElement("button"), { type: "button", textContent: "Complete" });
    const no = Object.assign(document.createElement("button"), { type: "button", textContent: "Fail" });
    dialog.append(words, yes, no);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      const end = (succeeds) => (dialog.remove(), resolve(succeeds));
      yes.addEventListener("click", () => end(true));
      no.addEventListener("click", () => end(false));
      dialog.addEventListener("cancel", () => end(false));
    });
  }

  async function answered(secret, result) {
    if (result.paymentIntent?.status !== "requires_action") return result;
    return call(`${intentPath(secret)}/authenticate`, { succeeds: await challenge() });
  }

  window.Stripe = (publishableKey) => {
    if (!publishableKey) throw new Error("Stripe() needs a publishable key.");
    const stripe = {
      elements: (options) => new Elements(options),
      retrievePaymentIntent: (secret) => call(intentPath(secret)),
      handleNextAction: async ({ clientSecret }) =>
        answered(clientSecret, await call(intentPath(clientSecret))),
      async confirmPayment({ elements, clientSecret, confirmParams, redirect }) {
        const secret = clientSecret ?? elements.options.clientSecret;
        const submitted = await elements.submit();
        if (submitted.error) return submitted;
        const card = elements.getElement().field.value;
        const result = await answered(secret, await call(`${intentPath(secret)}/pay`, { card }));
        if (!result.error && redirect !== "if_required") {
          const back = new URL(confirmParams.return_url);
          back.searchParams.set("payment_intent", result.paymentIntent.id);
          back.searchParams.set("payment_intent_client_secret", secret);
          back.searchParams.set("redirect_status", "succeeded");
          window.location.assign(back);
        }
        return result;
      },
      registerAppInfo() {},
      _registerWrapper() {},
    };
    return stripe;
  };
  window.Stripe.version = 3;
})();
