"""Taking a seat: joining the session that is given at that time, or opening one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self

from appointments.domain import AlreadyInSession, SlotTaken, Window
from appointments.tables import session_of
from appointments.use_cases.choose import choose
from appointments.use_cases.expire import expire_seats
from appointments.use_cases.hand_on import longest_kept
from appointments.use_cases.keep_session import add_session, rewrite_session, tell_session
from appointments.use_cases.look import Busy
from contracts.appointments import SessionDetails
from contracts.ids import BookableId, CustomerId, GroupSessionId, ResourceId, uuid7
from contracts.offers import Candidate, ConflictDetails, Offer
from plumbing.db import Tx

# The fullest first, so that classes fill up before others are given.
_SESSIONS = """
SELECT s.*, EXISTS (
    SELECT FROM appointments a
    WHERE a.business_id = s.business_id AND a.session_id = s.id AND a.customer_id = $6
        AND a.status <> 'CANCELLED' AND a.deleted_at IS NULL AND a.id <> $7
) AS has_customer
FROM sessions s
WHERE s.business_id = $1 AND s.id = ANY ($2::uuid[]) AND s.closed_at IS NULL
    AND s.service_id = $3 AND s.start_at = $4 AND s.end_at = $5
ORDER BY s.seats_taken DESC, s.id
"""

_JOIN = """
UPDATE sessions SET seats_taken = seats_taken + 1, updated_at = $3, revision = revision + 1
WHERE business_id = $1 AND id = $2 AND closed_at IS NULL AND seats_taken < capacity
RETURNING *
"""


class Place(NamedTuple):
    """Who gives the session, with which units, and which session it is."""

    staff: Candidate
    units: list[ResourceId]
    session_id: GroupSessionId

    @classmethod
    def of(cls, session: SessionDetails) -> Self:
        """A seat in this session."""
        units = [ResourceId(unit) for unit in session.resource_ids]
        return cls(Candidate(staff_id=session.staff_id, staff_name=session.staff_name), units, session.id)


async def take_seat(
    tx: Tx, window: Window, offer: Offer, busy: Sequence[Busy], *, customer_id: CustomerId | None, now: datetime
) -> Place:
    """Where a seat is now taken for the owner of the window, on bookables that were locked before the look at them.

    An open session of the service at exactly that time is joined before another one is opened. Raises SlotTaken, of
    kind `full` where all seats of a session are taken, and AlreadyInSession.
    """
    found = await sessions_in_the_way(tx, window, offer, busy, customer_id)
    joined = await _join_one(tx, found, window, now)
    if joined is None and found and await expire_seats(tx, offer.business_id, [one.id for one in found]):
        joined = await _join_one(tx, found, window, now)
    if joined is None:
        if conflicts := nobody_free(offer, busy, found):
            raise SlotTaken(conflicts)
        staff, units = await choose(tx, window, offer, busy)
        joined = new_session(offer, staff, units, now, seats_taken=1, expires_at=window.expires_at)
        add_session(tx, joined, basis=offer.basis)
    return Place.of(joined)


def new_session(
    offer: Offer, staff: Candidate, units: Sequence[ResourceId], now: datetime, **changed: Any
) -> SessionDetails:
    """A session of the offered service at the offered time, by this candidate and with these units."""
    fields: dict[str, Any] = {
        "id": GroupSessionId(uuid7()),
        "business_id": offer.business_id,
        "service_id": offer.service_id,
        "staff_id": staff.staff_id,
        "resource_ids": list(units),
        "start": offer.start,
        "end": offer.end,
        "timezone": offer.timezone,
        "buffer_before_minutes": offer.buffer_before_minutes,
        "buffer_after_minutes": offer.buffer_after_minutes,
        "service_name": offer.service_name,
        "staff_name": staff.staff_name,
        "price": offer.price,
        "capacity": offer.capacity,
        "seats_taken": 0,
        "planned": False,
        "expires_at": None,
        "created_at": now,
        "updated_at": now,
        "revision": 1,
    }
    return SessionDetails.model_construct(**{**fields, **changed})


async def sessions_in_the_way(
    tx: Tx, window: Window, offer: Offer, busy: Sequence[Busy], customer_id: CustomerId | None
) -> list[SessionDetails]:
    """The sessions that could be joined, if they have seats; the customer has none in them."""
    people = _people(offer)
    owners = [claim.owner_id for claim in busy if claim.bookable_id in people]
    if not owners:
        return []
    wanted = (offer.business_id, owners, offer.service_id, window.start, window.end)
    rows = await tx.fetch(_SESSIONS, *wanted, customer_id, window.owner_id)
    if any(row["has_customer"] for row in rows):
        raise AlreadyInSession
    return [session_of(row) for row in rows]


async def _join_one(tx: Tx, found: Sequence[SessionDetails], window: Window, now: datetime) -> SessionDetails | None:
    """The first of these that still has a seat, which is taken now; its time is kept for at least as long."""
    for one in found:
        for row in await tx.fetch(_JOIN, one.business_id, one.id, now):
            joined = session_of(row)
            expires_at = longest_kept(joined, [window.expires_at])
            if expires_at != joined.expires_at:
                return await rewrite_session(tx, joined, now, expires_at=expires_at)
            tell_session(tx, joined)
            return joined
    return None


def nobody_free(offer: Offer, busy: Sequence[Busy], full: Sequence[SessionDetails]) -> list[ConflictDetails]:
    """What keeps everybody busy, if they are: a session that could be joined if it were not full, or else."""
    people = _people(offer)
    if people <= {claim.bookable_id for claim in busy}:
        return [_conflict(claim, full) for claim in busy if claim.bookable_id in people]
    return []


def _people(offer: Offer) -> set[BookableId]:
    return {BookableId(candidate.staff_id) for candidate in offer.candidates}


def _conflict(claim: Busy, full: Sequence[SessionDetails]) -> ConflictDetails:
    """What a claim means to somebody who wants a seat: a session that could be joined has none left."""
    session = next((one for one in full if one.id == claim.owner_id), None)
    if session is None:
        return claim.staff_conflict
    return ConflictDetails(
        kind="full",
        detail="All seats of this session are taken.",
        start=session.start,
        end=session.end,
        staff_id=session.staff_id,
        session_id=session.id,
    )
