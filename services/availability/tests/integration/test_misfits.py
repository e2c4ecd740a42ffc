"""Whoever goes on leave while somebody books is told of it exactly once: in the answer, or by an event."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest
from fastapi import FastAPI

from availability.queries.time import catalogue_of
from availability.use_cases.copy_claims import copy_claims
from availability.use_cases.offer import offer
from contracts.appointments import ClaimDetails, ClaimsChanged, SessionSeats
from contracts.ids import BookableId, OwnerId, ServiceId, StaffId, uuid7
from contracts.offers import OfferBasis, OfferRequest
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.testing import eventually

from ..make import Studio, at
from .test_races import _WAITING
from .test_slots import works
from .test_time_off import off

TEN, ELEVEN = at(6), at(7)
"""Of that Monday, in Dubai."""


@pytest.fixture
async def staff(studio: Studio) -> str:
    """Works on Mondays from nine to twelve."""
    return await works(studio)


async def basis(sql: asyncpg.Connection, studio: Studio, *allowed: Any) -> OfferBasis:
    """That of an offer which is made now."""
    version = await sql.fetchval("SELECT catalogue_version FROM versions WHERE business_id = $1", studio.id)
    return OfferBasis(catalogue_version=version, allowed=list(allowed))


def booked(studio: Studio, staff: str, offered: OfferBasis | None, **changed: Any) -> ClaimsChanged:
    """What appointments tells of an appointment from ten to eleven, with ten minutes before it."""
    claim = ClaimDetails(
        bookable_id=BookableId(UUID(staff)), start=TEN - timedelta(minutes=10), end=ELEVEN, buffer_before_minutes=10
    )
    fields: dict[str, Any] = {"revision": 1, "owner_id": OwnerId(uuid7()), "claims": [claim], "basis": offered}
    return ClaimsChanged(business_id=studio.id, **{**fields, **changed})


async def arrive(uow: UnitOfWork, *events: ClaimsChanged) -> None:
    async with uow.across_businesses() as tx:
        await copy_claims(tx, events)


async def told(sql: asyncpg.Connection, studio: Studio) -> Sequence[Any]:
    """The events that say that an appointment does not fit."""
    key = f"appointment.conflicted.{studio.id}"
    return [orjson.loads(row["body"]) for row in await sql.fetch("SELECT body FROM outbox WHERE routing_key = $1", key)]


async def test_a_booking_that_was_offered_before_the_time_off_is_told_once(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection
):
    event = booked(studio, staff, await basis(sql, studio))
    assert (await studio.must("POST", "/api/time-off", off(staff)))["conflicts"] == []
    for _ in range(2):
        await arrive(uow, event, event)
    (found,) = await told(sql, studio)
    assert (found["subject"], found["revision"]) == (str(event.owner_id), 1)
    data = found["data"]
    assert (data["appointmentId"], data["staffId"], data["isSession"]) == (str(event.owner_id), staff, False)
    assert [(one["kind"], one["start"], one["end"]) for one in data["conflicts"]] == [
        ("timeOff", "2027-03-01T06:00:00Z", "2027-03-01T07:00:00Z")
    ]
    later = event.model_copy(update={"revision": 2, "basis": None})
    await arrive(uow, later)
    assert len(await told(sql, studio)) == 1


async def test_a_booking_of_an_offer_that_still_holds_costs_no_further_statement_and_is_not_told(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection, statements: list[str]
):
    offered = await basis(sql, studio)
    statements.clear()
    await arrive(uow, *(booked(studio, staff, offered) for _ in range(20)))
    few = len(statements)
    await studio.must("POST", "/api/time-off", off(staff))
    current = await basis(sql, studio)
    statements.clear()
    await arrive(uow, booked(studio, staff, current))
    assert len(statements) == few
    assert await told(sql, studio) == []


async def test_outdated_offers_cost_as_many_statements_for_one_as_for_fifty(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection, statements: list[str]
):
    offered = await basis(sql, studio)
    await studio.must("POST", "/api/time-off", off(staff, "2027-04-01T00:00:00Z", "2027-04-02T00:00:00Z"))
    counts: list[int] = []
    for count in (1, 50):
        statements.clear()
        await arrive(uow, *(booked(studio, staff, offered) for _ in range(count)))
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert await told(sql, studio) == []


@pytest.mark.parametrize("allowed", [[], ["timeOff"], ["outsideHours"], ["outsideHours", "timeOff"]])
async def test_what_was_passed_by_knowingly_is_not_told(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection, allowed: list[Any]
):
    event = booked(studio, staff, await basis(sql, studio, *allowed))
    await studio.must("POST", "/api/time-off", off(staff))
    await studio.must("PUT", f"/api/staff/{staff}/overrides/2027-03-01", {"blocks": []})
    await arrive(uow, event)
    kinds = [one["kind"] for found in await told(sql, studio) for one in found["data"]["conflicts"]]
    assert kinds == [kind for kind in ("outsideHours", "timeOff") if kind not in allowed]


async def test_claims_that_take_no_time_anew_are_not_judged(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection
):
    await studio.must("POST", "/api/time-off", off(staff))
    await arrive(uow, booked(studio, staff, None), booked(studio, staff, OfferBasis(catalogue_version=0), claims=[]))
    assert await told(sql, studio) == []


async def test_a_group_session_is_told_as_one(studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection):
    seats = SessionSeats(
        service_id=ServiceId(uuid7()),
        staff_id=StaffId(UUID(staff)),
        start=TEN,
        end=ELEVEN,
        capacity=5,
        seats_taken=1,
    )
    event = booked(studio, staff, await basis(sql, studio), session=seats)
    made = await studio.must("POST", "/api/time-off", off(staff))
    await arrive(uow, event)
    (found,) = await told(sql, studio)
    assert found["data"]["isSession"]
    assert found["data"]["conflicts"][0]["sessionId"] == str(event.owner_id)
    again = await studio.must("PUT", f"/api/time-off/{made['id']}", {"reason": "Rest"})
    assert [(one["sessionId"], one.get("appointmentId")) for one in again["conflicts"]] == [(str(event.owner_id), None)]


async def test_an_offer_says_by_what_it_was_judged(
    app: FastAPI, studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection
):
    service = await studio.service(staffIds=[staff])
    known = await app.state.catalogues.of(studio.id, await app.state.versions.current(studio.id))
    wish = OfferRequest(
        business_id=studio.id, service_id=service["id"], start=TEN, allow=frozenset({"timeOff", "outsideHours"})
    )
    found = offer(known, wish, now=utc_now()).offer
    assert found
    assert found.basis == await basis(sql, studio, "outsideHours", "timeOff")
    guests = offer(known, wish.model_copy(update={"guest": True, "start": TEN}), now=at(0)).offer
    assert guests
    assert guests.basis == await basis(sql, studio)


async def test_a_booking_that_lands_while_time_off_is_stored_is_told(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection
):
    event = booked(studio, staff, await basis(sql, studio))
    async with uow.across_businesses() as tx:
        await copy_claims(tx, [event])
        waiting = asyncio.ensure_future(studio.must("POST", "/api/time-off", off(staff)))
        await eventually(lambda: sql.fetchval(_WAITING))
    assert [one["appointmentId"] for one in (await waiting)["conflicts"]] == [str(event.owner_id)]
    assert await told(sql, studio) == []


async def test_time_off_and_bookings_at_once_report_each_conflict_exactly_once(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection
):
    answered: list[str] = []
    owners: list[str] = []
    for _ in range(12):
        event = booked(studio, staff, await basis(sql, studio))
        made, _ = await asyncio.gather(studio.must("POST", "/api/time-off", off(staff)), arrive(uow, event))
        owners.append(str(event.owner_id))
        answered += [one["appointmentId"] for one in made["conflicts"]]
        await arrive(uow, event.model_copy(update={"revision": 2, "claims": [], "basis": None}))
        await studio.must("DELETE", f"/api/time-off/{made['id']}")
    by_event = [found["subject"] for found in await told(sql, studio)]
    assert sorted(answered + by_event) == sorted(owners)


async def test_the_catalogue_is_as_the_slots_know_it(studio: Studio, staff: str, uow: UnitOfWork):
    await studio.must("POST", "/api/time-off", off(staff, weekly={"until": None}))
    async with uow(studio.id) as tx:
        known = await catalogue_of(tx, studio.id)
    (weekly,) = known.staff[UUID(staff)].time.time_off.weekly
    assert (weekly.first.start, weekly.until, weekly.zone) == (TEN, None, "Asia/Dubai")
