"""Giving back a seat or a time: the first in line is offered it, else it is free."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from appointments.domain import EXPIRED, bookables_of, window_of
from appointments.tables import NO_OVERLAP, claim_row, claims
from appointments.use_cases.keep_session import close_session, locked_session, rewrite_session
from appointments.use_cases.record import add
from contracts.appointments import (
    AppointmentDetails,
    CustomerDetails,
    SessionDetails,
    Source,
    Status,
    WaitingListOffered,
)
from contracts.ids import AppointmentId, GroupSessionId, WaitingId, uuid7
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.session import Row

BY = Actor.system("waiting list")

# Whoever has a seat of the session already is left out: nobody is in one twice.
_IN_LINE = """
SELECT w.id, w.revision, w.offer_minutes, c.id AS customer_id, c.name, c.email, c.phone
FROM waiting_list w JOIN customers c ON c.business_id = w.business_id AND c.id = w.customer_id
WHERE w.business_id = $1 AND w.state = 'waiting' AND w.service_id = $2
    AND (w.session_id = $3 OR (w.session_id IS NULL AND w.from_at <= $4 AND w.to_at > $4
        AND (w.staff_id IS NULL OR w.staff_id = $5) AND (w.staff_ids IS NULL OR $5 = ANY (w.staff_ids))))
    AND NOT EXISTS (
        SELECT FROM appointments a WHERE a.business_id = w.business_id AND a.session_id = $3
            AND a.customer_id = w.customer_id AND a.status <> 'CANCELLED' AND a.deleted_at IS NULL)
ORDER BY w.created_at, w.id LIMIT $6 FOR UPDATE OF w SKIP LOCKED
"""

_OFFER = """
UPDATE waiting_list w
SET state = 'offered', appointment_id = told.appointment_id, offered_until = told.until, updated_at = $5,
    revision = w.revision + 1
FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) AS told (id, appointment_id, until)
WHERE w.business_id = $1 AND w.id = told.id
"""

_SETTLE = """
UPDATE waiting_list SET state = $3, updated_at = $4, revision = revision + 1
WHERE business_id = $1 AND appointment_id = $2 AND state = 'offered'
"""


async def hand_on(tx: Tx, before: AppointmentDetails, *, reason: str | None, now: datetime) -> None:
    """Free what a cancelled or deleted appointment had: it is stored as that, and its own claims are released."""
    if before.status is Status.CANCELLED:
        return
    await settle(tx, before, "expired" if reason == EXPIRED else "withdrawn", now=now)
    if before.session_id is None:
        await hand_on_time(tx, before, now=now)
    else:
        await hand_on_seat(tx, before, now=now)


async def hand_on_difference(tx: Tx, before: AppointmentDetails, after: AppointmentDetails, *, now: datetime) -> None:
    """Follow a change that is stored: free what the appointment had and has no more, keep as long what it now keeps.

    A seat that it has left is not looked at: that was handed on before the new one was taken.
    """
    if after.status is Status.CANCELLED:
        await hand_on(tx, before, reason=after.cancellation_reason, now=now)
        return
    if before.expires_at is not None and after.expires_at is None:
        await settle(tx, before, "accepted", now=now)
    if after.expires_at != before.expires_at:
        await _keep_as_long(tx, after, now)
    if before.session_id is None and _is_elsewhere(before, after):
        await hand_on_time(tx, before, now=now)


async def settle(tx: Tx, before: AppointmentDetails, state: str, *, now: datetime) -> None:
    """Note on the waiting list what became of the appointment that was offered; only pending ones that expire were."""
    if before.expires_at is not None:
        await tx.fetch(_SETTLE, before.business_id, before.id, state, now)


async def hand_on_time(tx: Tx, before: AppointmentDetails, *, now: datetime) -> None:
    """Offer a freed time to the first in line.

    Nobody can have taken it: as long as this transaction has not ended, its former claims are in everybody's way.
    """
    for held in await _offered(tx, before, 1, now):
        window = window_of(held)
        for bookable in sorted(bookables_of(held)):
            tx.insert(claims, claim_row(window, bookable), unless=NO_OVERLAP)


async def hand_on_seat(tx: Tx, before: AppointmentDetails, *, now: datetime) -> None:
    """Offer the seat to the first in line; else it is free, and a session without any taken is closed, unless planned.

    The session is locked here: nobody gets in line, or joins, between the look at the line and what follows from it.
    """
    session = await locked_session(tx, before.business_id, _session_id(before))
    if session is None:
        return
    offered = await _offered(tx, _seat_of(session), 1, now)
    seats_taken = session.seats_taken - 1 + len(offered)
    if seats_taken or session.planned:
        changes: dict[str, Any] = {
            "seats_taken": seats_taken,
            "expires_at": longest_kept(session, [seat.expires_at for seat in offered]),
        }
        await rewrite_session(tx, session, now, **changes)
    else:
        await close_session(tx, session, now)


async def fill_from_line(tx: Tx, session: SessionDetails, *, now: datetime) -> SessionDetails:
    """Offer the free seats of a locked session to the first in line; the session with those taken."""
    offered = await _offered(tx, _seat_of(session), session.capacity - session.seats_taken, now)
    if not offered:
        return session
    changes: dict[str, Any] = {
        "seats_taken": session.seats_taken + len(offered),
        "expires_at": longest_kept(session, [seat.expires_at for seat in offered]),
    }
    return await rewrite_session(tx, session, now, **changes)


def longest_kept(session: SessionDetails, seats_until: Sequence[datetime | None]) -> datetime | None:
    """Until when a session is kept when seats are taken in it too until then; None: for good."""
    moments = [session.expires_at, *seats_until]
    return None if None in moments else max(moment for moment in moments if moment is not None)


async def _keep_as_long(tx: Tx, seat: AppointmentDetails, now: datetime) -> None:
    """A session is kept for at least as long as each of its seats: in which one is for good, it is so itself."""
    if seat.session_id is None:
        return
    session = await locked_session(tx, seat.business_id, GroupSessionId(seat.session_id))
    if session is None:
        return
    expires_at = longest_kept(session, [seat.expires_at])
    if expires_at != session.expires_at:
        await rewrite_session(tx, session, now, expires_at=expires_at)


def _is_elsewhere(before: AppointmentDetails, after: AppointmentDetails) -> bool:
    """Whether nothing of the time that it had is taken by it now."""
    if set(bookables_of(before)).isdisjoint(bookables_of(after)):
        return True
    was, now = window_of(before), window_of(after)
    return now.upper <= was.lower or was.upper <= now.lower


async def _offered(tx: Tx, freed: AppointmentDetails, most: int, now: datetime) -> list[AppointmentDetails]:
    """Appointments like the freed one, pending, one for each of the first in line: theirs until their offer ends."""
    if freed.start <= now or not most:
        return []
    line = (freed.business_id, freed.service_id, freed.session_id, freed.start, freed.staff_id, most)
    held: dict[UUID, AppointmentDetails] = {}
    for row in _one_each(await tx.fetch(_IN_LINE, *line)):
        one = held[row["id"]] = _held(freed, row, now)
        add(tx, one, BY)
        tx.emit(_event(one, row))
    if held:
        await tx.fetch(
            _OFFER,
            freed.business_id,
            list(held),
            [one.id for one in held.values()],
            [one.expires_at for one in held.values()],
            now,
        )
    return list(held.values())


def _one_each(rows: Sequence[Row]) -> list[Row]:
    """Without those of a customer who stands in line more than once but the first."""
    first: dict[UUID, Row] = {}
    for row in rows:
        first.setdefault(row["customer_id"], row)
    return list(first.values())


def _held(freed: AppointmentDetails, row: Row, now: datetime) -> AppointmentDetails:
    customer = CustomerDetails.model_construct(
        id=row["customer_id"], name=row["name"], email=row["email"], phone=row["phone"]
    )
    return freed.model_copy(
        update={
            "id": AppointmentId(uuid7()),
            "customer_id": customer.id,
            "customer": customer,
            "booking_page_id": None,
            "series_id": None,
            "status": Status.PENDING,
            "notes": "",
            "source": Source.INTERNAL,
            "expires_at": min(now + timedelta(minutes=row["offer_minutes"]), freed.start),
            "cancellation_reason": None,
            "created_at": now,
            "updated_at": now,
            "revision": 1,
        }
    )


def _event(held: AppointmentDetails, row: Row) -> WaitingListOffered:
    return WaitingListOffered(
        business_id=held.business_id,
        revision=row["revision"] + 1,
        waiting_id=WaitingId(row["id"]),
        appointment=held,
        expires_at=held.expires_at or held.start,
    )


def _seat_of(session: SessionDetails) -> AppointmentDetails:
    """A seat of the session, for nobody yet."""
    return AppointmentDetails.model_construct(
        id=AppointmentId(session.id),
        business_id=session.business_id,
        staff_id=session.staff_id,
        service_id=session.service_id,
        customer_id=None,
        booking_page_id=None,
        series_id=None,
        session_id=session.id,
        start=session.start,
        end=session.end,
        timezone=session.timezone,
        status=Status.PENDING,
        notes="",
        source=Source.INTERNAL,
        service_name=session.service_name,
        staff_name=session.staff_name,
        customer=None,
        price=session.price,
        buffer_before_minutes=session.buffer_before_minutes,
        buffer_after_minutes=session.buffer_after_minutes,
        resource_ids=session.resource_ids,
        expires_at=None,
        cancellation_reason=None,
        created_at=session.created_at,
        updated_at=session.updated_at,
        revision=1,
    )


def _session_id(seat: AppointmentDetails) -> GroupSessionId:
    if seat.session_id is None:
        raise ValueError("not a seat")
    return GroupSessionId(seat.session_id)
