"""Cancelling appointments whose deposit was not paid in time, by the database's clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select

from appointments.domain import EXPIRED, LONGEST_CLAIM, Window
from appointments.tables import appointments, claims, details_of, present_appointments
from appointments.use_cases.hand_on import hand_on
from appointments.use_cases.record import rewrite
from contracts.appointments import AppointmentDetails, Change, Source, Status
from contracts.ids import AppointmentId, BookableId, BusinessId, GroupSessionId
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
    lapsed = _of_one_session([details_of(row) for row in rows])
    for before in lapsed:
        await _expire(tx, before, now)
    return len(lapsed)


async def expire_seats(tx: Tx, business_id: BusinessId, sessions: Sequence[GroupSessionId]) -> int:
    """End what has expired in these sessions, whose bookables the caller has locked; how many seats."""
    seats = (appointments.c.business_id == business_id) & appointments.c.session_id.in_(sessions)
    return await _expire_all(tx, seats, await _now(tx))


async def end_held_seat(tx: Tx, business_id: BusinessId, seat_id: AppointmentId) -> bool:
    """End a seat that is held for a guest who has not booked it; whether there was one."""
    c = appointments.c
    own = present_appointments.where(
        c.business_id == business_id,
        c.id == seat_id,
        c.customer_id.is_(None),
        c.source == Source.PUBLIC.value,
        c.status == Status.PENDING.value,
    )
    row = await tx.row(own.with_for_update(of=appointments))
    if row is None:
        return False
    await _expire(tx, details_of(row), await _now(tx))
    return True


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
    owners = select(claims.c.owner_id).where(expired)
    own = appointments.c.id.in_(owners) | appointments.c.session_id.in_(owners)
    await _expire_all(tx, (appointments.c.business_id == business_id) & own, now)
    await tx.execute(delete(claims).where(expired))


async def _expire_all(tx: Tx, some: ColumnElement[bool], now: datetime) -> int:
    """Cancel what has expired among some appointments, locked in the order of their ids; how many."""
    lapsed = _lapsed(now).where(some).order_by(appointments.c.id).with_for_update(of=appointments)
    rows = await tx.rows(lapsed)
    for row in rows:
        await _expire(tx, details_of(row), now)
    return len(rows)


def _of_one_session(lapsed: Sequence[AppointmentDetails]) -> list[AppointmentDetails]:
    """Without the seats of all sessions but one: whoever locks several sessions has to lock their bookables before."""
    session_id = next((one.session_id for one in lapsed if one.session_id is not None), None)
    return [one for one in lapsed if one.session_id in {None, session_id}]


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
    await hand_on(tx, before, reason=EXPIRED, now=now)
