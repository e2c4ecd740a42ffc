"""Cancelling a group session: all who have booked a seat are told, and its time is free."""

from datetime import datetime

from appointments.domain import Editor
from appointments.use_cases.keep_session import close_session
from appointments.use_cases.seats import end_line, locked_with_seats, rewrite_seats
from contracts.appointments import SessionDetails, Status
from plumbing.db import Tx
from plumbing.revisions import refuse_stale

_LIVE = frozenset({Status.PENDING, Status.CONFIRMED})


async def cancel_session(
    tx: Tx, seen: SessionDetails, *, reason: str | None, editor: Editor, now: datetime, expected: int | None = None
) -> None:
    """Close the session and cancel its seats; whoever came, or did not, stays noted as that.

    Raises NotFound, StaleRevision and NotAllowed; Contended when somebody has moved it since it was seen.
    """
    session, seats = await locked_with_seats(tx, seen)
    refuse_stale(expected, session.revision, session)
    editor.refuse_others(session.staff_id)
    live = [seat for seat in seats if seat.status in _LIVE]
    changes = {"status": Status.CANCELLED, "expires_at": None, "cancellation_reason": reason}
    await rewrite_seats(tx, live, editor.actor, now=now, cause=reason, **changes)
    await end_line(tx, session, live, now=now)
    await close_session(tx, session, now, seats_taken=len(seats) - len(live), reason=reason)
