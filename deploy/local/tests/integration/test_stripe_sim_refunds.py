"""stripe-sim, asked by the real SDK: money on its way back, and what the bank takes back."""

import pytest
import stripe

from ..stripe_account import Shop


async def _sold(shop: Shop, card: str = "4242424242424242") -> stripe.PaymentIntent:
    return await shop.paid(2500, card=card, capture_method="automatic")


async def test_a_payment_is_returned_in_parts_and_never_more_than_all(shop: Shop):
    intent = await _sold(shop)
    first = await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": 1000})
    assert (first.status, first.amount) == ("succeeded", 1000)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": 1501})
    assert (await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id})).amount == 1500
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id})
    assert refused.value.code == "charge_already_refunded"


async def test_what_was_not_captured_cannot_be_returned(shop: Shop):
    intent = await shop.paid()
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id})


@pytest.mark.parametrize("succeeds", [True, False])
async def test_a_refund_may_take_days(shop: Shop, succeeds: bool):
    intent = await _sold(shop, "4000000000007726")
    refund = await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id})
    assert refund.status == "pending"
    await shop.dev(f"refunds/{refund.id}/settle", succeeds=succeeds)
    ended = await shop.sdk.v1.refunds.retrieve_async(refund.id)
    assert ended.status == ("succeeded" if succeeds else "failed")
    charge = await shop.sdk.v1.charges.retrieve_async(str(intent.latest_charge))
    assert charge.amount_refunded == (2500 if succeeds else 0)


async def test_a_refund_that_succeeded_may_still_fail(shop: Shop):
    intent = await _sold(shop, "4000000000005126")
    refund = await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id})
    assert refund.status == "succeeded"
    await shop.dev(f"refunds/{refund.id}/settle", succeeds=False)
    assert (await shop.sdk.v1.refunds.retrieve_async(refund.id)).status == "failed"


@pytest.mark.parametrize("capture", ["automatic", "manual"])
async def test_what_is_disputed_is_not_returned_twice(shop: Shop, capture: str):
    intent = await shop.paid(card="4000000000000259", capture_method=capture)
    if capture == "manual":
        await shop.sdk.v1.payment_intents.capture_async(intent.id)
    disputes = await shop.sdk.v1.disputes.list_async({"payment_intent": intent.id})
    assert [(each.status, each.amount) for each in disputes.data] == [("needs_response", 2500)]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await shop.sdk.v1.refunds.create_async({"payment_intent": intent.id})
    assert refused.value.code == "charge_disputed"
    await shop.dev(f"disputes/{disputes.data[0].id}/close", status="won")
    assert (await shop.sdk.v1.disputes.retrieve_async(disputes.data[0].id)).status == "won"
