"""The seats of one session, all at once: the session's lock alone does not keep others from changing them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from appointments.domain import session_bookables
from appointments.tables import appointments, details_of, present_appointments
from appointments.use_cases.claim import lock
from appointments.use_cases.keep_session import locked_session
from appointments.use_cases.series.store import Rewritten, rewrite_all
from contracts.appointments import AppointmentDetails, SessionDetails, Status
from contracts.ids import BookableId
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import NotFound
from plumbing.sqlstates import Contended

_MOVE_LINE = """
UPDATE waiting_list SET from_at = $3, to_at = $4, staff_id = $6, updated_at = $5, revision = revision + 1
WHERE business_id = $1 AND session_id = $2 AND state IN ('waiting', 'offered')
"""

_END_LINE = """
UPDATE waiting_list SET state = 'withdrawn', updated_at = $4, revision = revision + 1
WHERE business_id = $1
    AND ((session_id = $2 AND state = 'waiting') OR (appointment_id = ANY ($3::uuid[]) AND state = 'offered'))
"""


async def locked_with_seats(
    tx: Tx, seen: SessionDetails, also: Sequence[BookableId] = ()
) -> tuple[SessionDetails, list[AppointmentDetails]]:
    """The open session and its live seats, locked, after its bookables (and others): nobody joins, leaves or moves.

    Raises NotFound when it is closed, and Contended when it is given by somebody else since it was seen.
    """
    wanted = [*session_bookables(seen), *also]
    await lock(tx, wanted)
    c = appointments.c
    live = (c.business_id == seen.business_id) & (c.session_id == seen.id) & (c.status != Status.CANCELLED.value)
    rows = await tx.rows(present_appointments.where(live).order_by(c.id).with_for_update(of=appointments))
    session = await locked_session(tx, seen.business_id, seen.id)
    if session is None:
        raise NotFound
    if len(rows) != session.seats_taken or not set(session_bookables(session)) <= set(wanted):
        raise Contended
    return session, [details_of(row) for row in rows]


async def rewrite_seats(
    tx: Tx, seats: Sequence[AppointmentDetails], by: Actor, *, now: datetime, cause: str | None = None, **values: Any
) -> None:
    """Store locked seats with these values in place of those that they had, in a few statements however many."""
    if not seats:
        return
    changed = [
        Rewritten(seat, seat.model_copy(update={**values, "updated_at": now, "revision": seat.revision + 1}))
        for seat in seats
    ]
    await rewrite_all(tx, seats[0].business_id, changed, by, cause=cause)


async def move_line(tx: Tx, session: SessionDetails, *, now: datetime) -> None:
    """Whoever waits for the session waits for its new time."""
    await tx.fetch(_MOVE_LINE, session.business_id, session.id, session.start, session.end, now, session.staff_id)


async def end_line(tx: Tx, session: SessionDetails, seats: Sequence[AppointmentDetails], *, now: datetime) -> None:
    """Nobody waits for the session any more, and none of its seats is offered to anybody."""
    ids: list[UUID] = [seat.id for seat in seats]
    await tx.fetch(_END_LINE, session.business_id, session.id, ids, now)
