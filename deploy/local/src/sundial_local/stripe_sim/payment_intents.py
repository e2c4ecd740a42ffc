"""PaymentIntents: made, paid, captured, cancelled, with the states that Stripe's documentation gives them."""

from typing import Any

from sundial_local.stripe_sim import cards, currencies, forms, shapes
from sundial_local.stripe_sim.disputes import open_dispute
from sundial_local.stripe_sim.errors import Refused, wrong
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.paying import pay
from sundial_local.stripe_sim.store import Json

PAYABLE = {"requires_payment_method", "requires_confirmation", "requires_action"}
CANCELLABLE = PAYABLE | {"requires_capture"}
_REASONS = {"abandoned", "duplicate", "fraudulent", "requested_by_customer"}
CREATING = (
    "amount currency capture_method confirmation_method metadata description receipt_email automatic_payment_methods"
    " allowed_payment_method_types payment_method payment_method_options statement_descriptor_suffix confirm return_url"
    " setup_future_usage"
).split()
CONFIRMING = ["payment_method", "return_url", "use_stripe_sdk"]
CAPTURING = ["amount_to_capture", "metadata", "final_capture"]
CANCELLING = ["cancellation_reason"]
_MOST = 99_999_999


def create(ledger: Ledger, params: Json) -> Json:
    """POST /v1/payment_intents. Raises Refused."""
    forms.only(params, *CREATING)
    wanted = _wanted(params)
    method = _method(ledger, params["payment_method"]) if "payment_method" in params else None
    intent = shapes.payment_intent(ledger.now, **wanted)
    ledger.save(intent, "payment_intent.created")
    if method:
        _point_to(ledger, intent, method)
    if forms.flag(params, "confirm"):
        return confirm(ledger, intent["id"], {})
    return intent


def update(ledger: Ledger, wanted: str, params: Json) -> Json:
    """POST /v1/payment_intents/{id}: description and metadata. Raises Refused."""
    forms.only(params, "description", "metadata", "receipt_email")
    intent = ledger.find("payment_intent", wanted)
    intent["metadata"] |= forms.texts(params, "metadata")
    intent |= {name: params[name] for name in ("description", "receipt_email") if name in params}
    ledger.save(intent)
    return intent


def confirm(ledger: Ledger, wanted: str, params: Json) -> Json:
    """POST …/confirm: try to pay with the payment method that it has or is given. Raises Refused."""
    forms.only(params, *CONFIRMING, "client_secret")
    intent = ledger.find("payment_intent", wanted)
    refuse_unless(intent, PAYABLE, "confirm")
    if "payment_method" in params:
        _point_to(ledger, intent, _method(ledger, params["payment_method"]))
    if intent["payment_method"] is None:
        message = "You cannot confirm this PaymentIntent because it's missing a payment method."
        raise Refused(message, code="payment_intent_unexpected_state", payment_intent=shapes.shown(intent))
    return pay(ledger, intent)


def use_card(ledger: Ledger, intent: Json, number: str) -> None:
    """Give it a card, as a browser would. Raises Refused for a number that is no test card."""
    card = cards.by_number(number)
    if card is None:
        raise Refused("Your card number is incorrect.", status=402, kind="card_error", code="incorrect_number")
    _point_to(ledger, intent, _saved(ledger, card))


def capture(ledger: Ledger, wanted: str, params: Json) -> Json:
    """POST …/capture: take what the card keeps ready; the rest is let go. Raises Refused."""
    forms.only(params, *CAPTURING)
    intent = ledger.find("payment_intent", wanted)
    refuse_unless(intent, {"requires_capture"}, "capture")
    amount = forms.integer(params, "amount_to_capture") or intent["amount_capturable"]
    if amount > intent["amount_capturable"]:
        message = "The amount to capture is greater than what can be captured."
        raise wrong("amount_to_capture", message, "amount_too_large")
    charge = ledger.charge_of(intent)
    charge |= {"captured": True, "amount_captured": amount, "balance_transaction": shapes.new_id("txn")}
    charge["amount_refunded"] = charge["amount"] - amount
    intent |= {"status": "succeeded", "amount_capturable": 0, "amount_received": amount}
    ledger.save(charge, "charge.captured")
    ledger.save(intent, "payment_intent.succeeded")
    if ledger.card_of(intent).is_disputed:
        open_dispute(ledger, charge, "fraudulent")
    return intent


def cancel(ledger: Ledger, wanted: str, params: Json) -> Json:
    """POST …/cancel: what the card keeps ready is let go. Raises Refused."""
    forms.only(params, *CANCELLING)
    reason = params.get("cancellation_reason")
    if reason is not None and reason not in _REASONS:
        raise wrong("cancellation_reason", "Invalid cancellation_reason")
    intent = ledger.find("payment_intent", wanted)
    refuse_unless(intent, CANCELLABLE, "cancel")
    return _end(ledger, intent, reason, "charge.refunded")


def expire(ledger: Ledger, wanted: str) -> Json:
    """The bank let the authorisation go after some days. Raises Refused."""
    intent = ledger.find("payment_intent", wanted)
    refuse_unless(intent, {"requires_capture"}, "expire")
    return _end(ledger, intent, "expired", "charge.expired")


def refuse_unless(intent: Json, allowed: set[str], what: str) -> None:
    """Raises Refused unless it is in one of these states."""
    if intent["status"] not in allowed:
        raise Refused(
            f"You cannot {what} this PaymentIntent because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
            payment_intent=shapes.shown(intent),
        )


def _end(ledger: Ledger, intent: Json, reason: str | None, of_the_charge: str) -> Json:
    if intent["status"] == "requires_capture":
        charge = ledger.charge_of(intent)
        charge |= {"refunded": True, "amount_refunded": charge["amount"]}
        ledger.save(charge, of_the_charge)
    intent |= {
        "status": "canceled",
        "amount_capturable": 0,
        "canceled_at": ledger.now,
        "cancellation_reason": reason,
        "next_action": None,
    }
    ledger.save(intent, "payment_intent.canceled")
    return intent


def _wanted(params: Json) -> dict[str, Any]:
    amount, currency = forms.integer(params, "amount"), params.get("currency")
    if amount is None or currency is None:
        name = "amount" if amount is None else "currency"
        raise wrong(name, f"Missing required param: {name}.", "parameter_missing")
    if amount > _MOST:
        raise wrong("amount", "Amount must be no more than 999,999.99", "amount_too_large")
    if len(currency) != 3 or not currency.isalpha():
        raise wrong("currency", f"Invalid currency: {currency}")
    currencies.refuse_too_little(amount, currency)
    currencies.refuse_unless_charged(amount, currency)
    found: dict[str, Any] = {"amount": amount, "currency": currency.lower()}
    found["metadata"] = forms.texts(params, "metadata")
    found["capture_method"] = _one_of(params, "capture_method", "automatic_async", "automatic", "manual")
    for name in ("description", "receipt_email", "statement_descriptor_suffix", "setup_future_usage"):
        found[name] = params.get(name)
    return found | _methods(params)


def _methods(params: Json) -> dict[str, Any]:
    """By default Stripe offers what the account's owner switched on."""
    types = params.get("allowed_payment_method_types")
    if types and "automatic_payment_methods" in params:
        raise wrong("allowed_payment_method_types", "You may only specify one of these parameters.")
    if types:
        return {"payment_method_types": types, "allowed_payment_method_types": types}
    given = params.get("automatic_payment_methods", {"enabled": "true"})
    redirects = given.get("allow_redirects", "always")
    return {"automatic_payment_methods": {"enabled": forms.flag(given, "enabled"), "allow_redirects": redirects}}


def _one_of(params: Json, name: str, *allowed: str) -> str:
    value = params.get(name, allowed[0])
    if value not in allowed:
        raise wrong(name, f"Invalid {name}: must be one of {', '.join(allowed)}")
    return value


def _method(ledger: Ledger, name: str) -> Json:
    card = cards.by_method(name)
    return _saved(ledger, card) if card else ledger.find("payment_method", name)


def _saved(ledger: Ledger, card: cards.Card) -> Json:
    method = shapes.payment_method(ledger.now, card)
    ledger.save(method)
    return method


def _point_to(ledger: Ledger, intent: Json, method: Json) -> None:
    intent["payment_method"] = method["id"]
    if intent["status"] == "requires_payment_method":
        intent["status"] = "requires_confirmation"
    ledger.save(intent)
