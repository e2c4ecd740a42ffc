"""A guest's attempt: resumed by its key wherever it ended, forgotten when it is over, and bound by its terms."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
import time_machine
from fastapi import FastAPI

from booking_public.jobs.bookings import BookingWork
from contracts.ids import StaffId, uuid7
from contracts.money import Money
from plumbing.failpoints import FailpointReached

from ...desk import Booked, Cards, Stranger

START = datetime(2027, 3, 3, 9, tzinfo=UTC)
LINK = "/api/public/bookings/"

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]


@pytest.fixture
async def app(new_app: NewApp) -> FastAPI:
    """A process that takes deposits."""
    return new_app(payments=Cards())


@pytest.fixture
async def stranger(app: FastAPI, stranger_of: StrangerOf) -> Stranger:
    """A guest."""
    return await stranger_of(app)


@pytest.mark.parametrize("step", ["received", "hold", "held", "book", "booked"])
async def test_an_attempt_goes_on_where_it_ended(
    stranger: Stranger, booked: Booked, failing: Callable[[str], None], step: str
):
    body = stranger.order(START)
    failing(f"booking_public.after_{step}")
    with pytest.raises(FailpointReached):
        await stranger.send("/book", body, key="one")
    failing("")
    answers = [await stranger.send("/book", body, key="one") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (len(booked.appointments), len(booked.holds)) == (1, 0)


@pytest.mark.parametrize("step", ["received_hold", "asked_hold"])
async def test_a_hold_goes_on_where_it_ended(
    stranger: Stranger, booked: Booked, failing: Callable[[str], None], step: str
):
    failing(f"booking_public.after_{step}")
    with pytest.raises(FailpointReached):
        await stranger.hold(START, key="one")
    failing("")
    answers = [await stranger.hold(START, key="one") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(booked.holds) == 1


async def test_without_an_answer_of_appointments_the_key_asks_again(stranger: Stranger, booked: Booked):
    booked.is_down = True
    body = stranger.order(START)
    assert (await stranger.send("/book", body, key="one")).status_code == 503
    booked.is_down = False
    assert (await stranger.send("/book", body, key="one")).status_code == 201


async def test_a_refusal_is_kept_with_its_key(stranger: Stranger, booked: Booked):
    await stranger.book(START)
    body = stranger.order(START)
    refused = await stranger.send("/book", body, key="one")
    booked.appointments.clear()
    again = await stranger.send("/book", body, key="one")
    assert (refused.status_code, again.status_code) == (409, 409)
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_a_deposit_is_asked_for_with_what_the_service_says(stranger: Stranger, booked: Booked):
    booked.deposit = Money(amount=5_000, currency="AED")
    answer = (await stranger.book(START)).json()
    assert (answer["appointment"]["status"], answer["payment"]["amount"]) == ("PENDING", 5_000)
    assert answer["payment"]["expiresAt"] == answer["appointment"]["expiresAt"]


async def test_where_nobody_takes_payments_no_deposit_is_due(new_app: NewApp, stranger_of: StrangerOf, booked: Booked):
    booked.deposit = Money(amount=5_000, currency="AED")
    answer = (await (await stranger_of(new_app())).book(START)).json()
    assert (answer["appointment"]["status"], answer["payment"]) == ("CONFIRMED", None)


async def test_a_price_that_was_edited_after_the_guest_saw_it_is_refused_and_nothing_is_kept(
    stranger: Stranger, booked: Booked
):
    booked.deposit, shown = Money(amount=5_000, currency="AED"), {"amount": 15_000, "currency": "AED"}
    held = (await stranger.hold(START)).json()["holdToken"]
    booked.price = Money(amount=20_000, currency="AED")
    refused = await stranger.book(START + timedelta(hours=2), quotedPrice=shown)
    assert (refused.status_code, refused.json()["code"]) == (409, "PriceChanged")
    assert refused.json()["price"] == {"amount": 20_000, "currency": "AED"}
    assert (len(booked.holds), booked.appointments) == (1, {})
    agreed = await stranger.book(START, holdToken=held, quotedPrice=shown)
    assert agreed.json()["appointment"]["price"] == shown


async def test_a_hold_is_for_one_time_and_one_attempt(stranger: Stranger):
    token = (await stranger.hold(START)).json()["holdToken"]
    other = await stranger.book(START + timedelta(hours=2), holdToken=token)
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/holdToken")
    assert (await stranger.book(START, holdToken="a" * 43)).status_code == 422
    answers = [await stranger.book(START, holdToken=token) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]


async def test_what_a_guest_wrote_is_let_go_when_it_is_over(app: FastAPI, stranger: Stranger, sql: asyncpg.Connection):
    made = (await stranger.book(START, notes="A secret")).json()["appointment"]["id"]
    own = "SELECT customer, notes, contacts, answer FROM bookings WHERE appointment_id = $1"
    assert tuple(await sql.fetchrow(own, made))[:3] == (None, "", [])
    await sql.execute("UPDATE bookings SET created_at = now() - interval '8 days' WHERE appointment_id = $1", made)
    await BookingWork(app.state.guest_desk.flow).forget(app.state.uow)
    assert tuple(await sql.fetchrow(own, made)) == (None, "", [], None)


async def test_no_secret_is_stored(stranger: Stranger, sql: asyncpg.Connection):
    held = (await stranger.hold(START + timedelta(hours=5))).json()["holdToken"]
    token = (await stranger.book(START)).json()["manageToken"]
    for table in ("bookings", "guest_holds", "idempotency_keys"):
        stored = str(await sql.fetch(f"SELECT {table}::text FROM {table}"))  # names of ours
        assert held not in stored
        assert token not in stored


async def test_a_link_ends_a_day_after_the_start(stranger: Stranger):
    token = (await stranger.book(START)).json()["manageToken"]
    with time_machine.travel(START + timedelta(hours=23)):
        assert (await stranger.client.get(LINK + token)).status_code == 200
    with time_machine.travel(START + timedelta(hours=25)):
        assert (await stranger.client.get(LINK + token)).status_code == 404


async def test_terms_are_those_that_were_shown(app: FastAPI, stranger_of: StrangerOf):
    stranger = await stranger_of(app, cancelWindowMinutes=120, rescheduleWindowMinutes=60, policyText="Come.")
    token = (await stranger.book(START)).json()["manageToken"]
    seen = (await stranger.client.get(LINK + token)).json()
    assert (seen["canCancelUntil"], seen["canRescheduleUntil"]) == ("2027-03-03T07:00:00Z", "2027-03-03T08:00:00Z")
    assert seen["policy"]["text"] == "Come."
    with time_machine.travel(START - timedelta(minutes=119)):
        late = await stranger.client.post(f"{LINK}{token}/cancel")
        assert (late.status_code, late.json()["code"], late.json()["until"]) == (409, "TooLate", "2027-03-03T07:00:00Z")
        moved = await stranger.client.post(f"{LINK}{token}/reschedule", json={"start": "2027-03-03T12:00:00Z"})
        assert moved.status_code == 200
    with time_machine.travel(START + timedelta(minutes=61)):
        assert (await stranger.client.post(f"{LINK}{token}/cancel")).status_code == 409


async def test_only_whom_the_page_offers_can_be_chosen(app: FastAPI, stranger_of: StrangerOf):
    stranger = await stranger_of(app, staffIds=[])
    somebody: Any = str(StaffId(uuid7()))
    for answer in (await stranger.book(START, staffId=somebody), await stranger.hold(START, staffId=somebody)):
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/staffId")


async def test_what_was_held_and_left_is_brought_to_its_end_whatever_becomes_of_others(
    app: FastAPI, stranger: Stranger, booked: Booked, sql: asyncpg.Connection, failing: Callable[[str], None]
):
    body = stranger.order(START)
    failing("booking_public.after_held")
    for start, key in ((START + timedelta(hours=2), "other"), (START, "one")):
        with pytest.raises(FailpointReached):
            await stranger.send("/book", {**body, "start": start.isoformat()}, key=key)
    failing("")
    booked.garbled = START + timedelta(hours=2)
    await sql.execute("UPDATE bookings SET updated_at = updated_at - interval '5 minutes' WHERE state = 'held'")
    await BookingWork(app.state.guest_desk.flow).go_on(app.state.uow)
    assert (
        await sql.fetchval("SELECT state FROM bookings WHERE appointment_id = $1", *booked.appointments) == "confirmed"
    )
    answer = await stranger.send("/book", body, key="one")
    assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (201, "true")
