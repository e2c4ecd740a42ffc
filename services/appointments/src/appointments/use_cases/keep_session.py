"""Writing a group session: its row, its claims and what is told of it together, so that they cannot disagree."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from appointments.domain import session_bookables, session_claims, session_window
from appointments.tables import NO_OVERLAP, claim_row, claims, session_of, session_row, sessions
from contracts.appointments import ClaimsChanged, SessionDetails, SessionSeats
from contracts.ids import BusinessId, GroupSessionId, OwnerId
from contracts.offers import OfferBasis
from plumbing.db import Tx

_SHARED = ("service_id", "staff_id", "start", "end", "capacity", "seats_taken")


async def locked_session(tx: Tx, business_id: BusinessId, session_id: GroupSessionId) -> SessionDetails | None:
    """The open session, locked until the transaction ends; None when there is none, or it is closed.

    Appointments that are to change too are locked before it.
    """
    c = sessions.c
    open_one = select(sessions).where(c.business_id == business_id, c.id == session_id, c.closed_at.is_(None))
    row = await tx.row(open_one.with_for_update())
    return None if row is None else session_of(row)


def add_session(tx: Tx, session: SessionDetails, *, basis: OfferBasis | None = None) -> None:
    """Open a session with the next flush, on locked bookables that were looked at: nothing was in the way."""
    tx.insert(sessions, session_row(session))
    _take(tx, session)
    tell_session(tx, session, basis=basis)


async def rewrite_session(
    tx: Tx, before: SessionDetails, now: datetime, *, basis: OfferBasis | None = None, **changes: Any
) -> SessionDetails:
    """Store a locked session with other values in place of those that it had; its claims follow its time.

    `basis` is that of the offer by which it takes another time.
    """
    after = before.model_copy(update={**changes, "updated_at": now, "revision": before.revision + 1})
    await tx.execute(update(sessions).where(*_key(before)).values(session_row(after)))
    if session_claims(after) != session_claims(before):
        await _release(tx, before)
        _take(tx, after)
    tell_session(tx, after, basis=basis)
    return after


async def close_session(
    tx: Tx, before: SessionDetails, now: datetime, *, seats_taken: int = 0, reason: str | None = None
) -> None:
    """Close a locked session, in which so many seats stay taken: its time is free."""
    after = before.model_copy(update={"seats_taken": seats_taken, "updated_at": now, "revision": before.revision + 1})
    values = {**session_row(after), "closed_at": now, "cancellation_reason": reason}
    await tx.execute(update(sessions).where(*_key(before)).values(values))
    await _release(tx, before)
    tell_session(tx, after, closed=True)


def tell_session(tx: Tx, session: SessionDetails, *, closed: bool = False, basis: OfferBasis | None = None) -> None:
    """Tell which time a session takes now, and how many of its seats are taken; and by what that time was offered."""
    tx.emit(
        ClaimsChanged(
            business_id=session.business_id,
            revision=session.revision,
            owner_id=OwnerId(session.id),
            claims=[] if closed else session_claims(session),
            session=SessionSeats(**{name: getattr(session, name) for name in _SHARED}),
            basis=basis,
        )
    )


def _take(tx: Tx, session: SessionDetails) -> None:
    window = session_window(session)
    for bookable in sorted(session_bookables(session)):
        tx.insert(claims, claim_row(window, bookable), unless=NO_OVERLAP)


async def _release(tx: Tx, session: SessionDetails) -> None:
    await tx.execute(delete(claims).where(claims.c.business_id == session.business_id, claims.c.owner_id == session.id))


def _key(session: SessionDetails) -> tuple[Any, Any]:
    return sessions.c.business_id == session.business_id, sessions.c.id == session.id
