"""What is offered to a guest who waits is accepted by their link, with its deposit, once, and while it lasts."""

from collections.abc import Callable
from datetime import timedelta

import asyncpg
import pytest
from fastapi import FastAPI

from booking_public.jobs.bookings import BookingWork
from contracts.availability import Deposit
from contracts.money import Money
from plumbing.failpoints import FailpointReached

from ....desk import Booked, Stranger
from ....line import InLine
from .conftest import LINK, START, NewApp, StrangerOf, joined, sells


async def test_who_is_offered_something_accepts_it_by_the_link(stranger: Stranger, line: InLine, booked: Booked):
    path = await joined(stranger)
    nothing = await stranger.client.post(f"{path}/accept")
    assert (nothing.status_code, nothing.json()["code"], nothing.json()["state"]) == (409, "NothingOffered", "waiting")
    made = line.offer(START)
    offer = (await stranger.client.get(path)).json()["offer"]
    assert (offer["appointment"]["start"], offer["deposit"]) == ("2027-03-03T09:00:00Z", None)
    answers = [await stranger.client.post(f"{path}/accept") for _ in range(2)]
    told = answers[0].json()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].json() == told
    assert (told["appointment"]["status"], told["payment"]) == ("CONFIRMED", None)
    assert booked.appointments[made.id].expires_at is None
    managed = await stranger.client.get(LINK + told["manageToken"])
    assert managed.json()["appointment"]["id"] == str(made.id)
    cancelled = await stranger.client.post(f"{LINK}{told['manageToken']}/cancel")
    assert cancelled.json()["appointment"]["status"] == "CANCELLED"


async def test_on_a_manual_page_the_owner_confirms_what_is_accepted(
    app: FastAPI, stranger_of: StrangerOf, line: InLine, sql: asyncpg.Connection
):
    stranger = await stranger_of(app, confirmation="manual")
    await sells(sql, stranger, Deposit())
    path = await joined(stranger)
    line.offer(START)
    told = (await stranger.client.post(f"{path}/accept")).json()["appointment"]
    assert (told["status"], told["expiresAt"]) == ("PENDING", None)


async def test_an_offer_that_has_ended_is_nobody_s(stranger: Stranger, line: InLine, booked: Booked):
    path = await joined(stranger)
    line.offer(START)
    booked.expire()
    answer = await stranger.client.post(f"{path}/accept")
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (409, "NothingOffered", "expired")
    assert (await stranger.client.get(path)).json()["waiting"]["state"] == "expired"


async def test_a_deposit_is_paid_while_the_offer_lasts(
    stranger: Stranger, line: InLine, booked: Booked, sql: asyncpg.Connection
):
    await sells(sql, stranger, Deposit(kind="fixed", amount=Money(amount=5_000, currency="AED")))
    path = await joined(stranger)
    made = line.offer(START)
    offer = (await stranger.client.get(path)).json()["offer"]
    assert offer["deposit"] == {"amount": 5_000, "currency": "AED"}
    answers = [await stranger.client.post(f"{path}/accept") for _ in range(2)]
    told = answers[0].json()
    assert answers[1].json() == told
    assert (told["appointment"]["status"], told["payment"]["amount"]) == ("PENDING", 5_000)
    assert told["payment"]["expiresAt"] == offer["until"]
    assert booked.appointments[made.id].expires_at is not None
    state = await sql.fetchval("SELECT state FROM bookings WHERE hold_id = $1", made.id)
    assert state == "awaitingPayment"


@pytest.mark.parametrize("place", ["accept", "book", "booked"])
async def test_an_acceptance_goes_on_where_it_ended(
    app: FastAPI, stranger: Stranger, line: InLine, failing: Callable[[str], None], place: str
):
    path = await joined(stranger)
    made = line.offer(START)
    failing(f"booking_public.after_{place}")
    with pytest.raises(FailpointReached):
        await stranger.client.post(f"{path}/accept")
    failing("")
    await BookingWork(app.state.guest_desk.flow).go_on(app.state.uow)
    answer = await stranger.client.post(f"{path}/accept")
    assert (answer.status_code, answer.json()["appointment"]["id"]) == (200, str(made.id))
    assert answer.json()["appointment"]["status"] == "CONFIRMED"


async def test_an_offer_without_a_deposit_asks_for_none_where_nobody_takes_payments(
    new_app: NewApp, stranger_of: StrangerOf, line: InLine, sql: asyncpg.Connection
):
    stranger = await stranger_of(new_app())
    await sells(sql, stranger, Deposit(kind="full"))
    path = await joined(stranger)
    line.offer(START + timedelta(hours=1))
    told = (await stranger.client.post(f"{path}/accept")).json()
    assert (told["appointment"]["status"], told["payment"]) == ("CONFIRMED", None)
