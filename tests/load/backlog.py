"""A backlog of events: put where they wait, and watched until the last of them is gone."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from contracts.appointments import (
    AppointmentCreated,
    AppointmentDetails,
    ClaimDetails,
    ClaimsChanged,
    Source,
    Status,
)
from contracts.envelope import Event
from contracts.ids import AppointmentId, BookableId, BusinessId, OwnerId, ServiceId, StaffId, uuid7
from contracts.money import Money
from plumbing.outbox import outbox_row

PEOPLE = 20
"""Staff members whose time it is."""
_FIRST = datetime(2150, 1, 1, 8, tzinfo=UTC)
_HALF_HOUR = timedelta(minutes=30)
_LOOK_EVERY_SECONDS = 0.03
_PATIENCE_SECONDS = 120


class NeverDone(Exception):
    """A backlog that did not become less."""


async def put(connection: asyncpg.Connection, business_id: UUID, appointments: int, staff: Sequence[UUID]) -> int:
    """Into the outbox, all at once, what that many bookings tell: two events each. How many events."""
    rows = [outbox_row(event) for number in range(appointments) for event in _told(business_id, number, staff)]
    columns = list(rows[0])
    await connection.copy_records_to_table("outbox", records=[tuple(row.values()) for row in rows], columns=columns)
    return len(rows)


async def emptied(left: Callable[[], Awaitable[int]], total: int) -> float:
    """How many a second were done, from the last look that saw all of them to the first that saw none."""
    begin = time.perf_counter()
    while time.perf_counter() < begin + _PATIENCE_SECONDS:
        now, seen = time.perf_counter(), await left()
        if seen == total:
            begin = now
        if seen == 0:
            return total / (now - begin)
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
    raise NeverDone(f"of {total} events some are left after {_PATIENCE_SECONDS} s")


def new_staff() -> list[UUID]:
    """People who have no time taken yet."""
    return [uuid4() for _ in range(PEOPLE)]


def _told(business_id: UUID, number: int, staff: Sequence[UUID]) -> tuple[Event, Event]:
    """What is told when an appointment is made."""
    made = _appointment(business_id, staff[number % len(staff)], _FIRST + number // len(staff) * _HALF_HOUR)
    common: dict[str, Any] = {"business_id": made.business_id, "revision": made.revision}
    claims = [ClaimDetails(bookable_id=BookableId(made.staff_id), start=made.start, end=made.end)]
    return (
        AppointmentCreated(**common, appointment=made),
        ClaimsChanged(**common, owner_id=OwnerId(made.id), claims=claims),
    )


def _appointment(business_id: UUID, staff_id: UUID, start: datetime) -> AppointmentDetails:
    return AppointmentDetails(
        id=AppointmentId(uuid7()),
        business_id=BusinessId(business_id),
        staff_id=StaffId(staff_id),
        service_id=ServiceId(staff_id),
        customer_id=None,
        start=start,
        end=start + _HALF_HOUR,
        timezone="Asia/Dubai",
        status=Status.CONFIRMED,
        notes="",
        source=Source.INTERNAL,
        service_name="Pilates",
        staff_name="Amira",
        customer=None,
        price=Money(amount=15_000, currency="AED"),
        buffer_before_minutes=0,
        buffer_after_minutes=0,
        created_at=start,
        updated_at=start,
        revision=1,
    )
