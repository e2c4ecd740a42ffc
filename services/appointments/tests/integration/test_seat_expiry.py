"""A seat that was not paid for in time is free in the same moment; so is the time of a session without any other."""

from datetime import timedelta
from typing import Any

import asyncpg
from fastapi import FastAPI

from appointments import jobs
from appointments.use_cases.book import Booking, book
from contracts.appointments import Status
from contracts.ids import BusinessId
from contracts.offers import OfferRequest
from plumbing.auth import Actor
from plumbing.clock import utc_now

from ..line import read, waits
from ..make import Sold, Studio, at, iso


async def kept_until(app: FastAPI, studio: Studio, service: Sold, *, seconds: float) -> dict[str, Any]:
    """A seat at nine that is kept until some seconds from now."""
    question = OfferRequest(business_id=BusinessId(studio.id), service_id=service.id, start=at(9))
    offer = service.offer(question, studio.staff[:1])
    booking = Booking(status=Status.PENDING, expires_at=utc_now() + timedelta(seconds=seconds))
    async with app.state.uow(studio.id) as tx:
        made = await book(tx, offer, booking, by=Actor.system("test"), now=utc_now())
    return made.model_dump(mode="json")


async def until(sql: asyncpg.Connection, studio: Studio) -> list[Any]:
    """Until when the time of the business is kept."""
    return [row[0] for row in await sql.fetch("SELECT expires_at FROM claims WHERE business_id = $1", studio.id)]


async def test_a_seat_counts_as_taken_until_it_expires_and_not_after(app: FastAPI, studio: Studio):
    yoga = studio.sells(capacity=2)
    await studio.booked(at(9), service=yoga, staff=0)
    kept = await kept_until(app, studio, yoga, seconds=60)
    assert (await studio.book(at(9), service=yoga, staff=0)).json()["conflicts"][0]["kind"] == "full"
    await studio.set_status(kept, "CANCELLED")
    lapsed = await kept_until(app, studio, yoga, seconds=-1)
    assert (await studio.booked(at(9), service=yoga, staff=0))["sessionId"] == lapsed["sessionId"]
    assert (await studio.read(lapsed))["cancellationReason"] == "expired"


async def test_a_session_with_nothing_but_expired_seats_is_in_nobody_s_way(
    app: FastAPI, studio: Studio, sql: asyncpg.Connection
):
    yoga = studio.sells(capacity=3)
    lapsed = [await kept_until(app, studio, yoga, seconds=seconds) for seconds in (-2, -1)]
    await studio.booked(at(9.5), staff=0)
    assert [(await studio.read(one))["status"] for one in lapsed] == ["CANCELLED"] * 2
    assert (
        await sql.fetchval("SELECT count(*) FROM sessions WHERE business_id = $1 AND closed_at IS NULL", studio.id) == 0
    )


async def test_a_session_is_kept_as_long_as_the_seat_that_is_kept_longest(
    app: FastAPI, studio: Studio, sql: asyncpg.Connection
):
    yoga = studio.sells(capacity=3)
    first = await kept_until(app, studio, yoga, seconds=60)
    longer = await kept_until(app, studio, yoga, seconds=120)
    await kept_until(app, studio, yoga, seconds=30)
    assert [iso(moment) for moment in await until(sql, studio)] == [longer["expiresAt"]]
    await studio.set_status(first, "CONFIRMED")
    assert await until(sql, studio) == [None]


async def test_a_session_is_kept_as_long_as_the_seats_that_more_room_offers(
    app: FastAPI, studio: Studio, sql: asyncpg.Connection
):
    yoga = studio.sells(capacity=2)
    kept = [await kept_until(app, studio, yoga, seconds=60) for _ in range(2)]
    waiting = await waits(studio, yoga, sessionId=kept[0]["sessionId"])
    answer = await studio.client.put(f"/api/sessions/{kept[0]['sessionId']}", json={"capacity": 3})
    assert answer.status_code == 200, answer.text
    offered = await read(studio, waiting)
    assert [iso(moment) for moment in await until(sql, studio)] == [offered["offeredUntil"]]


async def test_a_seat_for_good_keeps_the_session_for_good(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    yoga = studio.sells(capacity=3)
    kept = await kept_until(app, studio, yoga, seconds=-1)
    made = await studio.booked(at(9), service=yoga, staff=0)
    assert await until(sql, studio) == [None]
    await jobs.expire(app.state.uow)
    assert (await studio.read(kept))["status"] == "CANCELLED"
    assert (await studio.read(made))["status"] == "CONFIRMED"


async def test_the_timer_frees_seats_of_many_sessions(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    services = [studio.sells(capacity=3), studio.sells(capacity=3)]
    for number, yoga in enumerate(services):
        question = OfferRequest(business_id=BusinessId(studio.id), service_id=yoga.id, start=at(9))
        offer = yoga.offer(question, studio.staff[number : number + 1])
        for _ in range(2):
            async with app.state.uow(studio.id) as tx:
                booking = Booking(status=Status.PENDING, expires_at=utc_now() - timedelta(seconds=1))
                await book(tx, offer, booking, by=Actor.system("test"), now=utc_now())
    assert await jobs.expire(app.state.uow) >= 2
    live = "SELECT count(*) FROM appointments WHERE business_id = $1 AND status <> 'CANCELLED'"
    assert await sql.fetchval(live, studio.id) == 0
    assert await until(sql, studio) == []
