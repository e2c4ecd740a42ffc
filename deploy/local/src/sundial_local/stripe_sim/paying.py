"""What happens when somebody pays: the bank's questions, its refusals, and what the card keeps ready."""

from sundial_local.stripe_sim import shapes
from sundial_local.stripe_sim.cards import Check
from sundial_local.stripe_sim.disputes import open_dispute
from sundial_local.stripe_sim.errors import Refused, declined
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.store import Json

_NOT_AUTHENTICATED = "The provided PaymentMethod has failed authentication."


def pay(ledger: Ledger, intent: Json) -> Json:
    """Pay with the card that it has. Raises Refused when the bank does not want to."""
    if ledger.card_of(intent).check is Check.CHALLENGE:
        return _challenge(ledger, intent)
    return _take(ledger, intent)


def authenticate(ledger: Ledger, intent: Json, *, succeeds: bool) -> Json:
    """The holder did what the bank asked for, or failed to. Raises Refused when the bank then does not want to."""
    if intent["status"] != "requires_action":
        raise Refused("Nothing has to be authenticated.", code="payment_intent_unexpected_state")
    if succeeds:
        return _take(ledger, intent)
    raise _refuse(ledger, intent, _NOT_AUTHENTICATED, "payment_intent_authentication_failure", None)


def settle(ledger: Ledger, intent: Json, *, succeeds: bool) -> Json:
    """A payment in process came to its end, days later perhaps."""
    if intent["status"] != "processing":
        raise Refused("Nothing is in process.", code="payment_intent_unexpected_state")
    if succeeds:
        return _succeed(ledger, intent)
    try:
        raise _refuse(ledger, intent, "Your card was declined.", "card_declined", "generic_decline")
    except Refused:
        return intent


def _challenge(ledger: Ledger, intent: Json) -> Json:
    intent |= {
        "status": "requires_action",
        "last_payment_error": None,
        "next_action": {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}},
    }
    ledger.save(intent, "payment_intent.requires_action")
    return intent


def _take(ledger: Ledger, intent: Json) -> Json:
    card = ledger.card_of(intent)
    if card.code:
        raise _refuse(ledger, intent, card.message, card.code, card.decline_code)
    if card.is_late:
        intent |= {"status": "processing", "last_payment_error": None, "next_action": None}
        ledger.save(intent, "payment_intent.processing")
        return intent
    return _succeed(ledger, intent)


def _succeed(ledger: Ledger, intent: Json) -> Json:
    card, method = ledger.card_of(intent), ledger.find("payment_method", intent["payment_method"])
    captured = intent["capture_method"] != "manual"
    charge = shapes.charge(ledger.now, intent, method, status="succeeded", captured=captured)
    intent |= {
        "status": "succeeded" if captured else "requires_capture",
        "amount_received": intent["amount"] if captured else 0,
        "amount_capturable": 0 if captured else intent["amount"],
        "latest_charge": charge["id"],
        "last_payment_error": None,
        "next_action": None,
    }
    ledger.save(charge, "charge.succeeded")
    ledger.save(intent, "payment_intent.succeeded" if captured else "payment_intent.amount_capturable_updated")
    if card.is_disputed and captured:
        open_dispute(ledger, charge, "fraudulent")
    return intent


def _refuse(ledger: Ledger, intent: Json, message: str, code: str, decline_code: str | None) -> Refused:
    """The refusal to raise; the PaymentIntent waits for another card."""
    method = ledger.find("payment_method", intent["payment_method"])
    charge = shapes.charge(ledger.now, intent, method, status="failed", captured=False)
    charge |= {"failure_code": code, "failure_message": message}
    error = {"type": "card_error", "code": code, "message": message, "payment_method": shapes.shown(method)}
    error |= {"decline_code": decline_code} if decline_code else {}
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": error,
        "latest_charge": charge["id"],
        "next_action": None,
    }
    ledger.save(charge, "charge.failed")
    ledger.save(intent, "payment_intent.payment_failed")
    return declined(message, code=code, decline_code=decline_code, intent=shapes.shown(intent), charge=charge["id"])
