"""A time and its deposit go together: whatever comes first, comes late, or is taken back in between."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from booking_public.consumers import let_go_of_customer
from booking_public.domain.payments import PaymentState
from contracts.appointments import CustomerErased, Status
from contracts.ids import CustomerId, uuid7
from plumbing import failpoints

from ...till import Till, held, kept
from ...walk import GOOD, LATE, QUESTION, START, Walk

WITHOUT_A_HOLD = 2
"""The seed of a guest who books at once, on an automatic page."""

type NewWalk = Callable[..., Awaitable[Walk]]


@pytest.fixture
async def guest(new_walk: NewWalk) -> Walk:
    """Somebody who has booked, and has to pay."""
    made = await new_walk(WITHOUT_A_HOLD)
    await made.book()
    return made


async def seen(guest: Walk) -> Any:
    """What the guest sees by their link."""
    return (await guest.stranger.client.get(guest.link)).json()


async def states(guest: Walk) -> list[PaymentState]:
    """What has become of the guest's payments, at Stripe."""
    return [intent.state for intent in await guest.intents()]


async def paid(guest: Walk) -> None:
    """The guest has paid in time."""
    await guest.pay(GOOD)
    await guest.hear_all()
    assert kept(await guest.till.lines()) == 2500


async def test_paid_after_its_time_was_up_it_is_booked_once_more_while_it_is_free(guest: Walk, till: Till):
    await guest.time_passes()
    await guest.pay(GOOD)
    await guest.hear_all()
    [own] = guest.own
    assert (own.status, own.expires_at) == (Status.CONFIRMED, None)
    assert str(own.id) != guest.told[0]["appointment"]["id"]
    assert (await seen(guest))["appointment"]["id"] == str(own.id)
    assert (held(await till.lines()), kept(await till.lines())) == (0, 2500)


async def test_paid_after_its_time_was_up_and_somebody_else_has_it_nothing_is_taken(guest: Walk, till: Till):
    await guest.time_passes()
    await guest.rival_comes()
    await guest.pay(GOOD)
    await guest.hear_all()
    assert guest.own == []
    assert (await states(guest), held(await till.lines())) == ([PaymentState.CANCELLED], 0)
    assert (await seen(guest))["appointment"]["status"] == "CANCELLED"
    lost = await guest.stranger.client.post(f"{guest.link}/pay")
    assert (lost.status_code, lost.json()["code"]) == (409, "SlotTaken")
    assert [one["start"] for one in lost.json()["alternatives"]] == ["2027-03-03T10:00:00Z"]
    await guest.book()
    assert guest.told[0] == guest.told[1]


async def test_paid_after_its_time_was_up_and_dearer_now_nothing_is_taken(guest: Walk, till: Till):
    await guest.time_passes()
    dearer = guest.booked.price.model_copy(update={"amount": 20_000})
    guest.booked.price = dearer
    await guest.pay(GOOD)
    await guest.hear_all()
    assert (await states(guest), guest.own) == ([PaymentState.CANCELLED], [])
    lost = (await guest.stranger.client.post(f"{guest.link}/pay")).json()
    assert (lost["code"], lost["price"]["amount"]) == ("PriceChanged", 20_000)


@pytest.mark.parametrize("card", [QUESTION, LATE], ids=["asked by the bank", "in process"])
async def test_who_is_paying_keeps_the_time_for_twenty_minutes_and_no_longer(guest: Walk, till: Till, card: str):
    first = datetime.fromisoformat((await seen(guest))["payment"]["expiresAt"])
    await guest.pay(card)
    for _ in range(2):
        await guest.hear_all()
        [intent] = await guest.intents()
        await till.sql.execute("UPDATE stripe_events SET processed_at = NULL WHERE intent_id = $1", intent.id)
    [own] = guest.own
    assert own.expires_at is not None
    assert timedelta(minutes=9) < own.expires_at - first <= timedelta(minutes=10)
    row = "SELECT b.expires_at AS held, d.expires_at AS asked FROM bookings b JOIN deposits d ON d.booking_id = b.id"
    assert tuple(await till.sql.fetchrow(f"{row} WHERE b.business_id = $1", till.business_id)) == (own.expires_at,) * 2


async def test_who_never_answers_the_bank_loses_the_time_and_nothing_else(guest: Walk, till: Till):
    await guest.pay(QUESTION)
    await guest.hear_all()
    await guest.time_passes()
    await guest.left_alone()
    assert (guest.own, await states(guest), await till.lines()) == ([], [PaymentState.CANCELLED], [])


async def test_cancelled_by_the_business_while_it_is_paid_nothing_is_taken(guest: Walk, till: Till):
    await guest.pay(GOOD)
    await guest.owner_cancels()
    await guest.hear_all()
    assert (guest.own, await states(guest)) == ([], [PaymentState.CANCELLED])
    assert (held(await till.lines()), kept(await till.lines())) == (0, 0)


async def test_cancelled_by_the_business_all_goes_back_however_late(guest: Walk, till: Till):
    await paid(guest)
    await guest.owner_cancels()
    for _ in range(2):
        await guest.hear_of_cancelled()
        await guest.payments.reconcile(till.uow)
    assert kept(await till.lines()) == 0
    assert [refund.amount for refund in await guest.refunds()] == [2500]


@pytest.mark.parametrize(
    ("policy", "before", "back"),
    [
        ({"late": "percent", "percent": 50}, timedelta(hours=25), 2500),
        ({"late": "percent", "percent": 50}, timedelta(hours=23), 1250),
        ({"late": "none"}, timedelta(hours=23), 0),
    ],
)
async def test_cancelled_as_the_customer_asked_for_it_the_policy_says_what_goes_back(
    new_walk: NewWalk, till: Till, policy: Any, before: timedelta, back: int
):
    guest = await new_walk(WITHOUT_A_HOLD, cancelWindowMinutes=24 * 60, refundPolicy=policy)
    await guest.book()
    await paid(guest)
    [own] = guest.own
    with time_machine.travel(START - before, tick=False):
        assert (await seen(guest))["refundIfCancelledNow"]["amount"] == back
    guest.booked.change(own.id, status=Status.CANCELLED, updated_at=START - before)
    for _ in range(2):
        await guest.hear_of_cancelled(asked_by_customer=True)
        await guest.payments.reconcile(till.uow)
    assert kept(await till.lines()) == 2500 - back


async def test_what_the_bank_did_not_give_after_all_is_waited_for_a_day_and_then_cancelled(guest: Walk, till: Till):
    await guest.pay(GOOD)
    await till.stripe.fails("declined", "/capture$")
    await guest.hear_all()
    [own] = guest.own
    assert (own.status, own.expires_at) == (Status.CONFIRMED, None)
    until = datetime.fromisoformat((await seen(guest))["payment"]["expiresAt"])
    assert timedelta(hours=23) < until - datetime.now(UTC) <= timedelta(hours=24)  # noqa: TID251
    await guest.day_passes()
    refused = await guest.stranger.client.post(f"{guest.link}/pay")
    assert (refused.status_code, refused.json()["code"]) == (409, "AlreadyOver")
    await guest.left_alone()
    assert (guest.own, kept(await till.lines()), held(await till.lines())) == ([], 0, 0)


async def test_who_is_forgotten_while_they_cancel_gets_their_money_back_all_the_same(new_walk: NewWalk, till: Till):
    guest = await new_walk(WITHOUT_A_HOLD)
    guest.booked.customer_id = CustomerId(uuid7())
    await guest.book()
    await paid(guest)
    failpoints.arm({"refund_asked": failpoints.Failure("raise")})
    with pytest.raises(failpoints.FailpointReached):
        await guest.cancel()
    failpoints.arm({})
    event = CustomerErased(business_id=till.business_id, revision=2, customer_id=guest.booked.customer_id)
    async with till.uow.across_businesses() as tx:
        await let_go_of_customer(tx, event)
    await guest.left_alone()
    assert kept(await till.lines()) == 0
    owed = "SELECT count(paying_back_since) FROM bookings WHERE business_id = $1"
    assert await till.sql.fetchval(owed, till.business_id) == 0


async def test_an_event_that_comes_before_our_own_answer_finds_its_booking(new_walk: NewWalk, till: Till):
    guest = await new_walk(WITHOUT_A_HOLD)
    failpoints.arm({"payment_created": failpoints.Failure("raise")})
    with pytest.raises(failpoints.FailpointReached):
        await guest.book()
    failpoints.arm({})
    [intent] = await guest.intents()
    await guest.hear_all()
    row = await till.sql.fetchrow("SELECT provider_id FROM deposits WHERE business_id = $1", till.business_id)
    assert row["provider_id"] == intent.id
    await guest.book()
    assert guest.told[0]["payment"]["clientSecret"] == intent.client_secret
