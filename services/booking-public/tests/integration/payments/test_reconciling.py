"""Without a single webhook all ends well: what rests is driven on, strangers are turned away, all is compared."""

from typing import Any

import pytest
import stripe as sdk

from booking_public.domain.payments import PaymentState, RefundState

from ...till import KEYS, Till, held, kept


async def _made_elsewhere(till: Till, **given: Any) -> str:
    http = sdk.AIOHTTPClient()
    client = sdk.StripeClient(KEYS["STRIPE_SECRET_KEY"], base_addresses={"api": till.stripe.url}, http_client=http)
    params: Any = {"amount": 2500, "currency": "aed", "capture_method": "manual", **given}
    made = await client.v1.payment_intents.create_async(params)
    await http.close_async()
    return made.id


async def test_a_payment_of_which_no_webhook_came_is_heard_of_after_ten_minutes(till: Till):
    deposit = await till.asks()
    await till.pays(deposit)
    await till.work.reconcile(till.uow)
    assert till.heard == []
    await till.rests()
    await till.work.reconcile(till.uow)
    assert [each.state for each in till.heard] == [PaymentState.AUTHORISED]


@pytest.mark.parametrize("card", [None, "4000000000000002", "4000000000003220"])
async def test_what_was_not_paid_in_time_cannot_be_paid_any_more(till: Till, card: str | None):
    deposit = await till.asks(till.due(minutes=-1))
    if card:
        await till.pays(deposit, card)
    await till.rests()
    await till.work.reconcile(till.uow)
    assert [each.state for each in till.heard] == [PaymentState.CANCELLED]
    said = await till.pays(deposit)
    assert said["error"]["code"] == "payment_intent_unexpected_state"


async def test_what_was_paid_in_the_last_moment_is_not_cancelled_unasked(till: Till):
    deposit = await till.asks(till.due(minutes=-1))
    await till.pays(deposit)
    await till.looks(deposit)
    await till.rests()
    await till.work.reconcile(till.uow)
    assert [each.state for each in till.heard] == [PaymentState.AUTHORISED]


async def test_what_was_paid_without_a_webhook_before_its_time_was_up_is_not_cancelled_unasked(till: Till):
    deposit = await till.asks(till.due(minutes=-1))
    await till.pays(deposit)
    await till.rests()
    await till.work.reconcile(till.uow)
    assert [each.state for each in till.heard] == [PaymentState.AUTHORISED]


async def test_whoever_tries_one_card_after_another_keeps_nothing_open(till: Till):
    deposit = await till.asks(till.due(minutes=-11))
    await till.pays(deposit, "4000000000000002")
    await till.looks(deposit)
    await till.work.reconcile(till.uow)
    assert [each.state for each in till.heard] == [PaymentState.CANCELLED]


async def test_a_late_payment_is_heard_of_when_it_ends(till: Till):
    deposit = await till.paid(card="4000000000000101")
    assert deposit.state is PaymentState.PROCESSING
    await till.stripe.post(f"payment-intents/{deposit.client_secret}/settle", succeeds=True)
    await till.rests()
    await till.work.reconcile(till.uow)
    assert [each.state for each in till.heard] == [PaymentState.AUTHORISED]


async def test_one_that_cannot_be_looked_at_is_in_nobodys_way(till: Till):
    first, second = await till.asks(), await till.asks()
    await till.pays(second)
    await till.rests()
    await till.stripe.fails("error", f"GET /v1/payment_intents/{first.provider_id}")
    await till.work.reconcile(till.uow)
    assert [each.id for each in till.heard] == [second.id]


async def test_the_comparison_finds_what_nobody_told(till: Till):
    deposit = await till.asks()
    await till.pays(deposit)
    found = await till.work.compare(till.uow)
    assert found.differed >= 1
    assert [each.id for each in till.heard] == [deposit.id]
    again = await till.work.compare(till.uow)
    assert (again.differed, [each.id for each in till.heard]) == (0, [deposit.id])


async def test_a_payment_that_only_says_it_is_ours_is_turned_away(till: Till):
    due = till.due()
    deposit = await till.asks(due)
    named = {"booking": str(due.booking_id), "business": str(due.business_id)}
    strangers = [
        await _made_elsewhere(till, metadata=named),
        await _made_elsewhere(till, metadata=named, amount=200),
        await _made_elsewhere(till, metadata=named, currency="usd"),
        await _made_elsewhere(till, metadata={**named, "booking": str(due.appointment_id)}),
    ]
    found = await till.work.compare(till.uow)
    assert found.unexplained == len(strangers)
    states = {intent_id: (await till.payments.retrieve(intent_id)).state for intent_id in strangers}
    assert set(states.values()) == {PaymentState.CANCELLED}
    assert (await till.work.compare(till.uow)).unexplained == 0
    assert (await till.looks(deposit)).state is PaymentState.OPEN
    assert await till.lines() == []


@pytest.mark.parametrize("metadata", [{}, {"booking": "none", "business": "x"}])
async def test_what_others_sell_through_the_same_account_is_left_alone(till: Till, metadata: Any):
    other = await _made_elsewhere(till, metadata=metadata)
    await till.work.compare(till.uow)
    assert (await till.payments.retrieve(other)).state is PaymentState.OPEN


async def test_a_refund_that_stripe_never_heard_of_is_asked_for_again(till: Till):
    deposit = await till.taken()
    await till.stripe.fails("error", "POST /v1/refunds$")
    asked = await till.gives_back(deposit)
    assert asked.state is RefundState.ASKED
    await till.rests()
    await till.work.reconcile(till.uow)
    lines = await till.lines()
    assert lines[-2:] == [("refunded", 2500, "asked"), ("refunded", 2500, "succeeded")]
    assert (held(lines), kept(lines)) == (0, 0)


async def test_events_are_forgotten_after_a_month(till: Till):
    await till.sql.execute(
        "INSERT INTO stripe_events (id, kind, object_id, received_at, next_at, processed_at)"
        " VALUES ('evt_old', 'x', 'y', now() - interval '31 days', now(), now()) ON CONFLICT DO NOTHING"
    )
    await till.work.forget(till.uow)
    assert await till.sql.fetchval("SELECT count(*) FROM stripe_events WHERE id = 'evt_old'") == 0
