"""A deposit that was not paid in time frees the appointment's time in the same moment."""

from datetime import timedelta
from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI

from appointments import jobs
from appointments.use_cases.book import Booking, book
from contracts.appointments import Status
from contracts.ids import BusinessId
from contracts.offers import OfferRequest
from plumbing.auth import Actor
from plumbing.clock import utc_now

from ..make import Studio, at, iso


async def kept_until(app: FastAPI, studio: Studio, *, seconds: float, hour: float = 9) -> dict[str, Any]:
    """An appointment whose time is kept until some seconds from now."""
    question = OfferRequest(business_id=BusinessId(studio.id), service_id=studio.service.id, start=at(hour))
    offer = studio.service.offer(question, studio.staff[:1])
    booking = Booking(status=Status.PENDING, expires_at=utc_now() + timedelta(seconds=seconds))
    async with app.state.uow(studio.id) as tx:
        made = await book(tx, offer, booking, by=Actor.system("test"), now=utc_now())
    return made.model_dump(mode="json")


async def test_while_it_is_kept_nobody_else_gets_the_time(app: FastAPI, studio: Studio):
    made = await kept_until(app, studio, seconds=60)
    assert made["expiresAt"] is not None
    assert (await studio.book(at(9))).status_code == 409


async def test_the_time_of_an_expired_one_can_be_booked_at_once(app: FastAPI, studio: Studio):
    made = await kept_until(app, studio, seconds=-1)
    await studio.booked(at(9.5))
    gone = await studio.read(made)
    assert (gone["status"], gone["cancellationReason"], gone["expiresAt"]) == ("CANCELLED", "expired", None)
    last = (await studio.history(made))[-1]
    assert (last["change"], last["cause"], last["actor"]["kind"]) == ("expired", "expired", "system")


async def test_a_move_may_take_the_time_of_an_expired_one(app: FastAPI, studio: Studio):
    expired, made = await kept_until(app, studio, seconds=-1), await studio.booked(at(12))
    assert (await studio.change(made, start=iso(at(9)))).status_code == 200
    assert (await studio.read(expired))["status"] == "CANCELLED"


async def test_the_timer_cancels_what_has_expired_and_tells_it(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    expired = await kept_until(app, studio, seconds=-1)
    kept = await kept_until(app, studio, seconds=60, hour=12)
    assert await jobs.expire(app.state.uow) >= 1
    assert (await studio.read(expired))["status"] == "CANCELLED"
    assert await studio.read(kept) == kept
    rows = await sql.fetch("SELECT body FROM outbox WHERE routing_key LIKE '%' || $1 ORDER BY id", str(studio.id))
    told = [orjson.loads(row["body"]) for row in rows]
    about = [event["data"] for event in told if event["subject"] == expired["id"] and event["revision"] == 2]
    assert [data.get("change") for data in about] == ["expired", None]
    assert about[1]["claims"] == []


async def test_confirming_keeps_the_time_for_good(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    made = await kept_until(app, studio, seconds=60)
    assert (await studio.set_status(made, "CONFIRMED")).json()["expiresAt"] is None
    assert await sql.fetchval("SELECT expires_at FROM claims WHERE owner_id = $1", made["id"]) is None


async def test_a_late_payment_keeps_the_time_when_nobody_has_taken_it(app: FastAPI, studio: Studio):
    late, too_late = await kept_until(app, studio, seconds=-1), await kept_until(app, studio, seconds=-1, hour=12)
    assert (await studio.set_status(late, "CONFIRMED")).status_code == 200
    await studio.booked(at(12))
    answer = await studio.set_status(too_late, "CONFIRMED")
    assert (answer.status_code, answer.json()["from"]) == (409, "CANCELLED")
