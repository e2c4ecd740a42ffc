"""Deposits at a real HTTP stand-in for Stripe: paid, taken, let go; and each step that may fail or be cut off."""

import asyncio

import pytest

from booking_public.domain.payments import DepositOver, PaymentDeclined, PaymentState
from plumbing import failpoints
from plumbing.problems import ServiceUnavailable
from plumbing.testing import eventually

from ...till import Till, at_once, held, kept

CREATE = "POST /v1/payment_intents$"
AUTHORISED, CAPTURED = ("authorised", 2500, "succeeded"), ("captured", 2500, "succeeded")


async def test_what_is_authorised_and_taken_is_in_the_ledger_and_told(till: Till):
    deposit = await till.paid()
    assert deposit.state is PaymentState.AUTHORISED
    assert (await till.takes(deposit)).state is PaymentState.CAPTURED
    lines = await till.lines()
    assert lines == [AUTHORISED, CAPTURED]
    assert (held(lines), kept(lines)) == (0, 2500)
    assert await till.told() == ["payment.succeeded"]


@pytest.mark.parametrize(
    ("amount", "currency", "at_stripe"),
    [
        (1500, "KWD", 1500),
        (2000, "JPY", 2000),
        (200, "AED", 200),
        (5000, "ISK", 500_000),
        (5000, "UGX", 500_000),
        (5000, "MGA", 50),
    ],
)
async def test_stripe_counts_the_same_money(till: Till, amount: int, currency: str, at_stripe: int):
    due = till.due(amount, currency)
    deposit = await till.taken(due)
    charged = [each["data"]["object"] for each in await till.waiting(deposit) if each["type"] == "charge.captured"]
    assert [(charge["amount"], charge["currency"]) for charge in charged] == [(at_stripe, currency.lower())]
    [intent] = await till.intents(due)
    assert (intent.amount, intent.received, deposit.captured) == (amount, amount, amount)
    assert (await till.gives_back(deposit)).amount == amount
    assert kept(await till.lines()) == 0


async def test_what_is_let_go_leaves_nothing(till: Till):
    deposit = await till.lets_go(await till.paid())
    assert deposit.state is PaymentState.CANCELLED
    lines = await till.lines()
    assert lines == [AUTHORISED, ("cancelled", 2500, "succeeded")]
    assert (held(lines), kept(lines)) == (0, 0)
    with pytest.raises(PaymentDeclined):
        await till.takes(deposit)


@pytest.mark.parametrize("card", ["4000000000000002", "4000000000009995"])
async def test_a_declined_card_can_be_followed_by_another(till: Till, card: str):
    deposit = await till.asks()
    await till.pays(deposit, card)
    declined = await till.looks(deposit)
    assert (declined.state, declined.failure is not None) == (PaymentState.OPEN, True)
    await till.looks(deposit)
    await till.pays(deposit)
    assert (await till.looks(deposit)).state is PaymentState.AUTHORISED
    assert [kind for kind, _, _ in await till.lines()] == ["failed", "authorised"]
    assert await till.told() == ["payment.failed"]


@pytest.mark.parametrize("card", ["4000002500003155", "4000000000003220"])
async def test_the_bank_may_ask_the_guest_first(till: Till, card: str):
    deposit = await till.paid(card=card)
    assert deposit.state is PaymentState.ACTION
    await till.stripe.post(f"payment-intents/{deposit.client_secret}/authenticate", succeeds=True)
    assert (await till.looks(deposit)).state is PaymentState.AUTHORISED


async def test_asked_again_it_is_the_same_payment(till: Till):
    due = till.due()
    first = await till.asks(due)
    assert (await till.asks(due)).client_secret == first.client_secret
    assert len(await till.intents(due)) == 1


async def test_asked_twice_at_once_one_payment_can_be_paid(till: Till):
    due = till.due()
    found = await at_once(*(till.asks(due) for _ in range(4)))
    secrets = {each.client_secret for each in found if not isinstance(each, BaseException)}
    payable = [each for each in await till.intents(due) if each.state is PaymentState.OPEN]
    assert {each.client_secret for each in payable} == secrets
    assert len(payable) == 1


@pytest.mark.parametrize("fault", ["error", "error_after"])
async def test_a_failure_of_stripe_leaves_one_payment_whether_or_not_it_was_made(till: Till, fault: str):
    due = till.due()
    await till.stripe.fails(fault, CREATE)
    deposit = await till.asks(due)
    assert [each.id for each in await till.intents(due)] == [deposit.provider_id]


async def test_a_stripe_that_fails_for_long_leaves_a_deposit_that_can_be_asked_for_later(till: Till):
    due = till.due()
    await till.stripe.fails("error", CREATE, times=2)
    with pytest.raises(ServiceUnavailable):
        await till.asks(due)
    assert (await till.asks(due)).client_secret


async def test_an_answer_that_never_came_is_found_again(till: Till):
    due = till.due()
    await till.stripe.fails("silence_after", CREATE, seconds=6)
    with pytest.raises(ServiceUnavailable):
        await till.asks(due)
    deposit = await till.asks(due)
    assert [each.id for each in await till.intents(due)] == [deposit.provider_id]


@pytest.mark.parametrize("place", ["payment_stored", "payment_created"])
async def test_cut_off_while_asking_it_goes_on_with_the_same_payment(till: Till, place: str):
    due = till.due()
    failpoints.arm({place: failpoints.Failure("raise")})
    with pytest.raises(failpoints.FailpointReached):
        await till.asks(due)
    failpoints.arm({})
    deposit = await till.asks(due)
    assert [each.id for each in await till.intents(due)] == [deposit.provider_id]


async def test_cut_off_after_the_capture_it_is_captured_once(till: Till):
    deposit = await till.paid()
    failpoints.arm({"payment_captured": failpoints.Failure("raise")})
    with pytest.raises(failpoints.FailpointReached):
        await till.takes(deposit)
    failpoints.arm({})
    assert (await till.takes(deposit)).captured == 2500
    assert await till.lines() == [AUTHORISED, CAPTURED]


@pytest.mark.parametrize("fault", ["error_after", "silence_after"])
async def test_a_capture_without_an_answer_is_believed_by_its_state(till: Till, fault: str):
    deposit = await till.paid()
    await till.stripe.fails(fault, "/capture$", seconds=5)
    assert (await till.takes(deposit)).state is PaymentState.CAPTURED
    assert await till.lines() == [AUTHORISED, CAPTURED]


async def test_a_capture_that_failed_is_tried_under_another_key(till: Till):
    deposit = await till.paid()
    await till.stripe.fails("error", "/capture$")
    with pytest.raises(ServiceUnavailable):
        await till.takes(deposit)
    assert (await till.takes(deposit)).state is PaymentState.CAPTURED


async def test_a_capture_that_was_declined_can_be_tried_under_another_key(till: Till):
    deposit = await till.paid()
    await till.stripe.fails("declined", "/capture$")
    with pytest.raises(PaymentDeclined):
        await till.takes(deposit)
    assert (await till.takes(deposit)).state is PaymentState.CAPTURED
    assert await till.told() == ["payment.succeeded"]


async def test_what_could_not_be_taken_is_asked_for_again_and_told_once(till: Till):
    due = till.due()
    deposit = await till.paid(due)
    await till.stripe.fails("declined", "/capture$", times=2)
    for _ in range(2):
        with pytest.raises(PaymentDeclined):
            await till.takes(deposit)
    gone = await till.lets_go(deposit)
    again = await till.asks_again(gone)
    assert await till.asks_again(gone) is None
    assert again is not None
    assert (again.state, again.authorised, again.client_secret) == (PaymentState.OPEN, 0, None)
    assert await till.told() == ["payment.failed"]
    other = await till.paid(due)
    assert other.provider_id != deposit.provider_id
    assert (await till.takes(other)).captured == 2500
    lines = await till.lines()
    assert (held(lines), kept(lines), lines.count(("failed", 2500, "failed"))) == (0, 2500, 1)


async def test_what_comes_late_of_a_payment_before_it_was_asked_for_again_counts_no_more(till: Till):
    due = till.due()
    deposit = await till.paid(due)
    late = await till.waiting(deposit)
    await till.asks_again(await till.lets_go(deposit))
    await till.delivers([*late, *await till.waiting(deposit)])
    await till.works()
    found = await till.work.compare(till.uow)
    assert (till.heard, found.unexplained) == ([], 0)
    assert (await till.asks(due)).state is PaymentState.OPEN


async def test_what_was_let_go_cannot_be_paid_any_more(till: Till):
    due = till.due()
    await till.lets_go(await till.asks(due))
    with pytest.raises(DepositOver):
        await till.asks(due)
    [intent] = await till.intents(due)
    assert intent.state is PaymentState.CANCELLED


async def test_what_was_let_go_while_it_was_asked_for_cannot_be_paid_either(till: Till):
    due = till.due()
    failpoints.arm({"payment_created": failpoints.Failure("sleep", 1)})
    asking = asyncio.create_task(till.asks(due))
    await eventually(lambda: till.intents(due))
    await till.sql.execute("UPDATE deposits SET state = 'cancelled' WHERE booking_id = $1", due.booking_id)
    with pytest.raises(DepositOver):
        await asking
    [intent] = await till.intents(due)
    assert intent.state is PaymentState.CANCELLED


async def test_an_authorisation_that_expired_cannot_be_taken(till: Till):
    deposit = await till.paid()
    await till.stripe.post(f"payment-intents/{deposit.client_secret}/expire")
    with pytest.raises(PaymentDeclined):
        await till.takes(deposit)
    lines = await till.lines()
    assert (held(lines), kept(lines)) == (0, 0)
    assert await till.asks_again(await till.looks(deposit))
    assert await till.told() == ["payment.failed"]


async def test_a_payment_that_won_against_its_cancellation_counts(till: Till):
    deposit = await till.paid()
    await till.payments.capture(deposit.provider_id or "", key="elsewhere")
    after = await till.lets_go(deposit)
    assert (after.state, after.captured) == (PaymentState.CAPTURED, 2500)
    await till.gives_back(after)
    lines = await till.lines()
    assert (held(lines), kept(lines)) == (0, 0)


async def test_what_could_not_be_let_go_yet_can_be_let_go_later(till: Till):
    deposit = await till.paid(card="4000000000000101")
    assert (await till.lets_go(deposit)).state is PaymentState.PROCESSING
    await till.stripe.post(f"payment-intents/{deposit.client_secret}/settle", succeeds=True)
    assert (await till.lets_go(deposit)).state is PaymentState.CANCELLED


async def test_what_stripe_does_not_take_is_not_asked_for(till: Till):
    with pytest.raises(ServiceUnavailable):
        await till.asks(till.due(10**9))


async def test_what_was_never_asked_for_at_stripe_can_be_let_go(till: Till):
    due = till.due()
    failpoints.arm({"payment_stored": failpoints.Failure("raise")})
    with pytest.raises(failpoints.FailpointReached):
        await till.asks(due)
    failpoints.arm({})
    deposits = await till.sql.fetch("SELECT * FROM deposits WHERE booking_id = $1", due.booking_id)
    assert [row["state"] for row in deposits] == ["open"]
    await till.rests(20)
    await till.sql.execute("UPDATE deposits SET expires_at = now() WHERE booking_id = $1", due.booking_id)
    await till.work.reconcile(till.uow)
    assert [deposit.state for deposit in till.heard] == [PaymentState.CANCELLED]


async def test_the_ledger_is_only_added_to(till: Till):
    await till.paid()
    with pytest.raises(Exception, match="only added"):
        await till.sql.execute("DELETE FROM payments WHERE business_id = $1", till.business_id)
