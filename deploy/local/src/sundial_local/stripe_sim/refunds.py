"""Refunds: money on its way back, which may arrive late or not at all."""

from sundial_local.stripe_sim import cards, currencies, forms, shapes
from sundial_local.stripe_sim.cards import RefundFate
from sundial_local.stripe_sim.errors import Refused, wrong
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.store import Json

CREATING = ["payment_intent", "charge", "amount", "reason", "metadata"]
_REASONS = {None, "duplicate", "fraudulent", "requested_by_customer"}


def create(ledger: Ledger, params: Json) -> Json:
    """POST /v1/refunds: all that is left, or `amount` of it. Raises Refused."""
    forms.only(params, *CREATING)
    if params.get("reason") not in _REASONS:
        raise wrong("reason", "Invalid reason")
    charge = _charge(ledger, params)
    left = charge["amount_captured"] - _returned(ledger, charge)
    amount = forms.integer(params, "amount") or left
    currencies.refuse_unless_charged(amount, charge["currency"])
    _refuse_unless_there(charge, amount, left)
    card = _card(ledger, charge)
    status = "pending" if card.refunds is RefundFate.SUCCEEDS_LATER else "succeeded"
    given = {"metadata": forms.texts(params, "metadata"), "reason": params.get("reason")}
    refund = shapes.refund(ledger.now, of=charge, amount=amount, status=status, **given)
    ledger.save(refund, "refund.created")
    _recount(ledger, charge, "charge.refunded")
    return refund


def settle(ledger: Ledger, wanted: str, *, succeeds: bool) -> Json:
    """The bank took it, or sent it back to us. Raises Refused when that is known already."""
    refund = ledger.find("refund", wanted)
    fails_late = refund["status"] == "succeeded" and not succeeds
    if refund["status"] != "pending" and not fails_late:
        raise Refused("This refund has ended.")
    refund["status"] = "succeeded" if succeeds else "failed"
    if not succeeds:
        refund |= {"failure_reason": "lost_or_stolen_card", "failure_balance_transaction": shapes.new_id("txn")}
    ledger.save(refund, *(("refund.updated",) if succeeds else ("refund.updated", "refund.failed")))
    _recount(ledger, ledger.find("charge", refund["charge"]))
    return refund


def _charge(ledger: Ledger, params: Json) -> Json:
    if "payment_intent" in params:
        intent = ledger.find("payment_intent", params["payment_intent"])
        if intent["status"] != "succeeded":
            raise Refused(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
        return ledger.charge_of(intent)
    if "charge" in params:
        return ledger.find("charge", params["charge"])
    raise wrong("payment_intent", "One of the following params should be provided: payment_intent or charge.")


def _refuse_unless_there(charge: Json, amount: int, left: int) -> None:
    if charge["disputed"]:
        raise Refused(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    if left == 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount > left:
        raise wrong("amount", f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})")


def _returned(ledger: Ledger, charge: Json) -> int:
    refunds = [each for each in ledger.store.all("refund") if each["charge"] == charge["id"]]
    return sum(each["amount"] for each in refunds if each["status"] in {"pending", "succeeded"})


def _recount(ledger: Ledger, charge: Json, *events: str) -> None:
    """What was never captured counts as returned too, as with Stripe."""
    returned = _returned(ledger, charge)
    charge["amount_refunded"] = charge["amount"] - charge["amount_captured"] + returned
    charge["refunded"] = returned >= charge["amount_captured"]
    ledger.save(charge, *events)


def _card(ledger: Ledger, charge: Json) -> cards.Card:
    return ledger.card_of({"payment_method": charge["payment_method"]})
