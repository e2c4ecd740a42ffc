"""Cancelling appointments whose deposit was not paid in time, by the database's clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select

from appointments.domain import EXPIRED, LONGEST_CLAIM, Window
from appointments.tables import appointments, claims, details_of, present_appointments
from appointments.use_cases.record import rewrite
from contracts.appointments import AppointmentDetails, Change, Status
from contracts.ids import BookableId, BusinessId
from plumbing.auth import Actor
from plumbing.db import Tx

_BY = Actor.system("expiry")
_BATCH = 100


async def expire_some(tx: Tx) -> int:
    """Cancel up to a hundred appointments whose time is up; how many. What somebody works on just now is left."""
    now = await _now(tx)
    rows = await tx.rows(
        _lapsed(now)
        .order_by(appointments.c.expires_at)
        .limit(_BATCH)
        .with_for_update(of=appointments, skip_locked=True)
    )
    for row in rows:
        await _expire(tx, details_of(row), now)
    return len(rows)


async def expire_in_the_way(tx: Tx, window: Window, bookables: Sequence[BookableId]) -> None:
    """End what has expired on these bookables within the window."""
    await expire_between(tx, window.business_id, window.lower, window.upper, bookables)


async def expire_between(
    tx: Tx, business_id: BusinessId, lower: datetime, upper: datetime, bookables: Sequence[BookableId]
) -> None:
    """End what has expired on these bookables between two instants.

    The caller has locked the bookables. Appointments are locked before their claims, as everywhere; both are judged by
    one reading of the clock, so that no appointment loses its claims without being cancelled.
    """
    now = await _now(tx)
    expired = _overlapping(business_id, lower, upper, bookables) & (claims.c.expires_at <= now)
    rows = await tx.rows(
        _lapsed(now)
        .where(
            appointments.c.business_id == business_id,
            appointments.c.id.in_(select(claims.c.owner_id).where(expired)),
        )
        .order_by(appointments.c.id)
        .with_for_update(of=appointments)
    )
    for row in rows:
        await _expire(tx, details_of(row), now)
    await tx.execute(delete(claims).where(expired))


def _overlapping(
    business_id: BusinessId, lower: datetime, upper: datetime, bookables: Sequence[BookableId]
) -> ColumnElement[bool]:
    """Claims on these bookables that share time with `[lower, upper)`.

    The bounds on `start_at` follow from the longest claim; they are there because row-level security keeps operators
    on ranges out of index conditions.
    """
    return (
        (claims.c.business_id == business_id)
        & claims.c.bookable_id.in_(bookables)
        & (claims.c.start_at > lower - LONGEST_CLAIM)
        & (claims.c.start_at < upper + LONGEST_CLAIM)
        & claims.c.during.overlaps(func.tstzrange(lower, upper))
    )


async def _now(tx: Tx) -> datetime:
    """The database's clock: expiry is judged by no other."""
    return await tx.scalar(select(func.clock_timestamp()))


def _lapsed(now: datetime) -> Select[Any]:
    return present_appointments.where(appointments.c.status == Status.PENDING.value, appointments.c.expires_at <= now)


async def _expire(tx: Tx, before: AppointmentDetails, now: datetime) -> None:
    after = before.model_copy(
        update={
            "status": Status.CANCELLED,
            "cancellation_reason": EXPIRED,
            "expires_at": None,
            "updated_at": now,
            "revision": before.revision + 1,
        }
    )
    own = (claims.c.business_id == before.business_id) & (claims.c.owner_id == before.id)
    await tx.execute(delete(claims).where(own))
    await rewrite(tx, before, after, _BY, change=Change.EXPIRED, cause=EXPIRED)
