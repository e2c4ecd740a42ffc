"""What runs on a timer or by a command: expiry, purging, and telling the present state again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, select, tuple_

from appointments.tables import appointments, details_of, every_appointment, session_of, sessions
from appointments.use_cases.expire import expire_some
from appointments.use_cases.hold import end_some_holds
from appointments.use_cases.keep_session import tell_session
from appointments.use_cases.record import tell_again
from appointments.use_cases.wait import end_past
from contracts.appointments import Status
from plumbing import idempotency
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork

REMEMBERED = timedelta(days=60)
"""For so long it is told again that a cancelled or deleted appointment takes no time."""


async def expire(uow: UnitOfWork) -> int:
    """Cancel every appointment whose deposit was not paid in time, and end every hold; how many."""
    total = 0
    while True:
        async with uow.across_businesses() as tx:
            found = await expire_some(tx) + await end_some_holds(tx)
        if not found:
            return total
        total += found


async def purge(uow: UnitOfWork) -> None:
    """Forget idempotency keys that are older than they have to be; let nobody wait for what is over."""
    async with uow.across_businesses() as tx:
        await idempotency.purge(tx)
        await end_past(tx, utc_now())


async def republish(uow: UnitOfWork, *, batch: int = 500) -> int:
    """Tell every appointment, every group session and their claims as they are now; how many of them.

    A consumer that has them already sees revisions that it knows.
    """
    return await _republish_sessions(uow, batch) + await _republish_appointments(uow, batch)


async def _republish_sessions(uow: UnitOfWork, batch: int) -> int:
    since, total, last = utc_now() - REMEMBERED, 0, None
    key = tuple_(sessions.c.business_id, sessions.c.id)
    some = select(sessions).where(sessions.c.closed_at.is_(None) | (sessions.c.closed_at >= since))
    some = some.order_by(sessions.c.business_id, sessions.c.id).limit(batch)
    while True:
        async with uow.across_businesses() as tx:
            rows = await tx.rows(some if last is None else some.where(key > last))
            for row in rows:
                tell_session(tx, session_of(row), closed=row["closed_at"] is not None)
        if not rows:
            return total
        total += len(rows)
        last = (rows[-1]["business_id"], rows[-1]["id"])


async def _republish_appointments(uow: UnitOfWork, batch: int) -> int:
    since, total, last = utc_now() - REMEMBERED, 0, None
    while True:
        async with uow.across_businesses() as tx:
            rows = await _batch(tx, since, last, batch)
            for row in rows:
                tell_again(tx, details_of(row), deleted=row["deleted_at"] is not None)
        if not rows:
            return total
        total += len(rows)
        last = (rows[-1]["business_id"], rows[-1]["id"])


async def _batch(tx: Tx, since: datetime, last: tuple[UUID, UUID] | None, limit: int) -> Sequence[RowMapping]:
    c = appointments.c
    key = tuple_(c.business_id, c.id)
    live = c.deleted_at.is_(None) & (c.status != Status.CANCELLED.value)
    statement = every_appointment.where(live | (c.updated_at >= since)).order_by(c.business_id, c.id).limit(limit)
    return await tx.rows(statement if last is None else statement.where(key > last))
