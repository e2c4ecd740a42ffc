"""stripe-sim, asked by the real SDK: payments from the card to the money, as Stripe documents them."""

from uuid import uuid4

import pytest
import stripe

from ..stripe_account import Shop
from ..stripe_types import wrongs


async def test_a_card_keeps_the_amount_ready_until_it_is_captured(shop: Shop):
    intent = await shop.paid(2500)
    assert (intent.status, intent.amount_capturable, intent.amount_received) == ("requires_capture", 2500, 0)
    captured = await shop.sdk.v1.payment_intents.capture_async(intent.id)
    assert (captured.status, captured.amount_capturable, captured.amount_received) == ("succeeded", 0, 2500)


async def test_without_a_capture_by_hand_paying_is_all(shop: Shop):
    intent = await shop.paid(2500, capture_method="automatic")
    assert (intent.status, intent.amount_received) == ("succeeded", 2500)


async def test_what_was_not_captured_is_let_go_when_it_is_cancelled(shop: Shop):
    intent = await shop.paid()
    cancelled = await shop.sdk.v1.payment_intents.cancel_async(intent.id, {"cancellation_reason": "abandoned"})
    assert (cancelled.status, cancelled.cancellation_reason) == ("canceled", "abandoned")
    charge = await shop.sdk.v1.charges.retrieve_async(str(cancelled.latest_charge))
    assert (charge.refunded, charge.captured, charge.amount_captured) == (True, False, 0)


@pytest.mark.parametrize(
    ("card", "code", "why"),
    [
        ("4000000000000002", "card_declined", "generic_decline"),
        ("4000000000009995", "card_declined", "insufficient_funds"),
        ("4000000000000069", "expired_card", None),
        ("4000000000000127", "incorrect_cvc", None),
    ],
)
async def test_a_card_that_is_refused_can_be_followed_by_another(shop: Shop, card: str, code: str, why: str | None):
    intent = await shop.asks()
    status, said = await shop.dev(f"payment-intents/{intent.id}/pay", card=card)
    assert (status, said["error"]["code"], said["error"].get("decline_code")) == (402, code, why)
    refused = await shop.read(intent)
    assert refused.status == "requires_payment_method"
    assert refused.last_payment_error is not None
    assert refused.last_payment_error.code == code
    assert (await shop.dev(f"payment-intents/{intent.id}/pay", card="4242 4242 4242 4242"))[0] == 200
    assert (await shop.read(intent)).status == "requires_capture"


@pytest.mark.parametrize("card", ["4000002500003155", "4000000000003220"])
async def test_the_bank_may_ask_first(shop: Shop, card: str):
    intent = await shop.paid(card=card)
    assert intent.status == "requires_action"
    assert (await shop.dev(f"payment-intents/{intent.client_secret}/authenticate", succeeds=True))[0] == 200
    assert (await shop.read(intent)).status == "requires_capture"


async def test_who_fails_the_banks_question_has_not_paid(shop: Shop):
    intent = await shop.paid(card="4000000000003220")
    status, said = await shop.dev(f"payment-intents/{intent.id}/authenticate", succeeds=False)
    assert (status, said["error"]["code"]) == (402, "payment_intent_authentication_failure")
    assert (await shop.read(intent)).status == "requires_payment_method"


async def test_a_late_payment_is_in_process_until_it_is_settled(shop: Shop):
    intent = await shop.paid(card="4000000000000101")
    assert intent.status == "processing"
    await shop.dev(f"payment-intents/{intent.id}/settle", succeeds=True)
    assert (await shop.read(intent)).status == "requires_capture"


async def test_a_number_that_is_no_test_card_is_refused(shop: Shop):
    intent = await shop.asks()
    status, said = await shop.dev(f"payment-intents/{intent.id}/pay", card="4111111111111111")
    assert (status, said["error"]["code"]) == (402, "incorrect_number")
    assert (await shop.read(intent)).payment_method is None


async def test_an_authorisation_that_the_bank_let_go_cannot_be_captured(shop: Shop):
    intent = await shop.paid()
    await shop.dev(f"payment-intents/{intent.id}/expire")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await shop.sdk.v1.payment_intents.capture_async(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"
    assert (await shop.read(intent)).cancellation_reason == "expired"


async def test_what_is_paid_cannot_be_cancelled(shop: Shop):
    intent = await shop.paid(capture_method="automatic")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await shop.sdk.v1.payment_intents.cancel_async(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"


async def test_payments_are_found_by_what_was_written_on_them(shop: Shop):
    one = str(uuid4())
    ours = [await shop.asks(metadata={"booking": one}) for _ in range(3)]
    await shop.asks(metadata={"booking": "two"})
    found = await shop.sdk.v1.payment_intents.search_async({"query": f"metadata['booking']:'{one}'"})
    assert [each.id for each in found.data] == [each.id for each in reversed(ours)]
    pages = await shop.sdk.v1.payment_intents.list_async({"limit": 2, "created": {"gte": ours[0].created}})
    assert {each.id for each in ours} <= {each.id async for each in pages.auto_paging_iter()}


async def test_every_object_has_the_shape_that_the_sdk_declares(shop: Shop):
    intent = await shop.asks()
    await shop.dev(f"payment-intents/{intent.id}/pay", card="4000000000000002")
    await shop.dev(f"payment-intents/{intent.id}/pay", card="4242424242424242")
    await shop.sdk.v1.payment_intents.capture_async(intent.id)
    await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": 1, "reason": "duplicate"})
    await shop.dev(f"payment-intents/{intent.id}/dispute", reason="general")
    for kind in (stripe.PaymentIntent, stripe.Charge, stripe.Refund, stripe.Dispute, stripe.Event):
        found = await shop.sdk.raw_request_async("get", f"/v1/{kind.OBJECT_NAME}s?limit=100")
        items = found.data["data"]
        assert items, kind
        assert [wrong for each in items for wrong in wrongs(each, kind, kind.OBJECT_NAME)] == []
