"""Deposits: authorised, captured, cancelled and refunded at Stripe, with every movement in the ledger.

What the booking flow calls, each outside any transaction, each safe to repeat after a crash:

- `authorise(uow, payments, due, at=) -> Deposit`: there is one PaymentIntent for this booking; `client_secret` is for
  the guest's browser. Stores the deposit before it asks Stripe. Raises ServiceUnavailable when Stripe does not answer:
  then nothing can be paid, and the same call later finds what may have been made; DepositOver when it was let go.
- `capture(uow, payments, business_id, booking_id, at=) -> Deposit`: takes what is authorised, once the time is kept.
  Raises PaymentDeclined when the bank does not want to, ServiceUnavailable when it is not known: the reconciler goes
  on.
- `cancel(uow, payments, business_id, booking_id, at=) -> Deposit`: lets it go. The answer's `state` is what counts:
  when the payment won the race it is CAPTURED, and has to be refunded.
- `ask_again(tx, deposit, until=, at=) -> Deposit | None`: what was let go may be paid with another card until then;
  inside a transaction of the caller's.
- `refund(uow, payments, request, at=) -> Refund`: gives back all that is left, or an amount; the same `request.key` is
  the same refund.
- `reassign(tx, deposit, appointment_id, at=) -> Deposit`: the deposit is for another appointment by now, as the time
  of the first had run out; inside a transaction of the caller's.
- `look(uow, payments, business_id, booking_id, at=) -> Deposit`: what Stripe says now, recorded.

What is called back: `Bookings.on_payment_state(deposit)`, after a webhook or the reconciler saw that a deposit is
anything but OPEN. It may be called again with the same state; a failure is tried again, and so is what was over when a
process ended. The flow then keeps the time for longer (ACTION, PROCESSING); confirms and captures; or, when the time is
gone, cancels (AUTHORISED) or refunds (CAPTURED).
"""
