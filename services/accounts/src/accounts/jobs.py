"""What runs on a timer or by a command: purging, and telling the present state again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, delete, select, tuple_

from accounts.domain import IDLE
from accounts.tables import business_of, businesses, invitations, sessions, sign_in_failures
from accounts.use_cases.update_business import tell
from plumbing import idempotency
from plumbing.batches import taken
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork

KEPT = timedelta(days=1)
"""For so long sessions that are over, and failures to sign in, stay; no failure counts for longer."""

INVITATIONS_KEPT = timedelta(days=30)
"""For so long an owner sees that an invitation was not accepted in time."""

_BATCH = 500


async def purge(uow: UnitOfWork) -> int:
    """Forget what is over: sessions (how many), failures to sign in, invitations, idempotency keys."""
    now = utc_now()
    async with uow.across_businesses() as tx:
        await tx.execute(delete(sign_in_failures).where(sign_in_failures.c.at < now - KEPT))
        await tx.execute(delete(invitations).where(invitations.c.expires_at < now - INVITATIONS_KEPT))
        await idempotency.purge(tx)
    total = 0
    while True:
        async with uow.across_businesses() as tx:
            found = await _purge_sessions(tx, now - IDLE - KEPT)
        if not found:
            return total
        total += found


async def republish(uow: UnitOfWork) -> int:
    """Tell every business as it is now; how many. A consumer that has it already sees a revision that it knows."""
    total, last = 0, None
    while True:
        async with uow.across_businesses() as tx:
            rows = await _batch(tx, last)
            for row in rows:
                tell(tx, business_of(row))
        if not rows:
            return total
        total += len(rows)
        last = rows[-1]["business_id"]


async def _purge_sessions(tx: Tx, unused_since: datetime) -> int:
    """Whatever ended a session, nobody has used it since; its tokens go with it."""
    c = sessions.c
    over = select(c.business_id, c.id).where(c.used_at < unused_since).limit(_BATCH)
    gone = await tx.execute(delete(sessions).where(tuple_(c.business_id, c.id).in_(taken(over))))
    return gone.rowcount


async def _batch(tx: Tx, last: UUID | None) -> Sequence[RowMapping]:
    statement = select(businesses).order_by(businesses.c.business_id).limit(_BATCH)
    return await tx.rows(statement if last is None else statement.where(businesses.c.business_id > last))
