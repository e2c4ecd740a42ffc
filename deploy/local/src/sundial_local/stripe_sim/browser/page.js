// The page at /dev/stripe: what there is to pay, paid through the same stand-in as a booking page.
"use strict";
const which = document.querySelector("#which");
const outcome = document.querySelector("#outcome");
const stripe = window.Stripe("pk_test_page");
const elements = stripe.elements();
elements.create("payment").mount("#card");

function cell(text) {
  return Object.assign(document.createElement("td"), { textContent: text });
}

async function show() {
  const { items } = await (await fetch("/dev/stripe/payment-intents")).json();
  document.querySelector("#payments").replaceChildren(...items.map((each) => {
    const row = document.createElement("tr");
    row.append(cell(each.id), cell(`${each.amount} ${each.currency.toUpperCase()}`), cell(each.status));
    return row;
  }));
  const payable = items.filter((each) => /^requires_(payment|confirm|action)/.test(each.status));
  which.replaceChildren(...payable.map((each) => new Option(`${each.id} (${each.amount})`, each.client_secret)));
}

document.querySelector("#pay").addEventListener("submit", async (event) => {
  event.preventDefault();
  const result = await stripe.confirmPayment({ elements, clientSecret: which.value, redirect: "if_required" });
  outcome.textContent = result.error ? result.error.message : result.paymentIntent.status;
  await show();
});

show();
