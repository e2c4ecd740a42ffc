"""Reads: group sessions and their seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select, tuple_

from appointments.domain import LONGEST_CLAIM
from appointments.tables import appointments, details_of, present_appointments, session_of, sessions
from contracts.appointments import AppointmentDetails, SessionDetails
from contracts.ids import BusinessId, GroupSessionId
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class WantedSessions:
    """Which sessions: all open ones that overlap `[start, end)`, by any of these; the first `limit` after a key."""

    start: datetime
    end: datetime
    staff_ids: Sequence[UUID]
    service_ids: Sequence[UUID]
    after: tuple[datetime, UUID] | None
    limit: int


async def session(tx: Tx, business_id: BusinessId, session_id: GroupSessionId) -> SessionDetails | None:
    """One open session; None when there is none, or it is closed."""
    c = sessions.c
    row = await tx.row(select(sessions).where(c.business_id == business_id, c.id == session_id, c.closed_at.is_(None)))
    return None if row is None else session_of(row)


async def seats_of(tx: Tx, business_id: BusinessId, session_id: GroupSessionId) -> list[AppointmentDetails]:
    """All that was ever booked in a session and is not deleted, cancelled ones too, in the order of booking."""
    c = appointments.c
    seats = present_appointments.where(c.business_id == business_id, c.session_id == session_id)
    return [details_of(row) for row in await tx.rows(seats.order_by(c.created_at, c.id))]


async def session_range(tx: Tx, business_id: BusinessId, wanted: WantedSessions) -> list[SessionDetails]:
    """The sessions by start, then id. One statement, however many there are."""
    c = sessions.c
    found = [c.business_id == business_id, c.closed_at.is_(None)]
    found += [c.start_at > wanted.start - LONGEST_CLAIM, c.start_at < wanted.end, c.end_at > wanted.start]
    if wanted.staff_ids:
        found.append(c.staff_id == _any(wanted.staff_ids))
    if wanted.service_ids:
        found.append(c.service_id == _any(wanted.service_ids))
    if wanted.after is not None:
        found.append(tuple_(c.start_at, c.id) > wanted.after)
    rows = await tx.rows(select(sessions).where(*found).order_by(c.start_at, c.id).limit(wanted.limit))
    return [session_of(row) for row in rows]


def _any(ids: Sequence[UUID]) -> Any:
    """One parameter for any number of ids, so that the statement stays the same."""
    return any_(bindparam(None, list(ids), type_=ARRAY(Uuid())))
