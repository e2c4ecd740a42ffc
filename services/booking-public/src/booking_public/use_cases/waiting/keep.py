"""The row of a wish: stored once under its key, answered once, forgotten when its time is past."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.domain.waiting import Wait
from booking_public.tables.waiting import guest_waits, wait_of
from contracts.ids import BusinessId, WaitingId
from plumbing.db import Tx

_OF_NETWORK = """
SELECT count(*) AS waits, min(until) AS first_ends FROM guest_waits
WHERE business_id = $1 AND address = $2 AND until > $3 AND (answer IS NULL OR answer ? 'waiting')
"""


async def stored_wait(tx: Tx, business_id: BusinessId, key_hash: bytes) -> Wait | None:
    """The wish that was made under this key."""
    c = guest_waits.c
    row = await tx.row(select(guest_waits).where(c.business_id == business_id, c.key_hash == key_hash))
    return None if row is None else wait_of(row)


async def wait_with_id(tx: Tx, business_id: BusinessId, waiting_id: WaitingId) -> Wait | None:
    """The wish with this id, if it was made on a booking page."""
    c = guest_waits.c
    row = await tx.row(select(guest_waits).where(c.business_id == business_id, c.id == waiting_id))
    return None if row is None else wait_of(row)


async def store_wait(tx: Tx, row: Mapping[str, Any]) -> bool:
    """Store a new wish; False when there is one under its key."""
    result = await tx.execute(insert(guest_waits).values(row).on_conflict_do_nothing())
    return result.rowcount == 1


async def answer_wait(tx: Tx, seen: Wait, answer: Mapping[str, Any], *, until: datetime) -> Wait:
    """The wish with what is told of it; what was told before stays."""
    c = guest_waits.c
    own = (c.business_id == seen.business_id) & (c.id == seen.id)
    await tx.execute(update(guest_waits).where(own, c.answer.is_(None)).values(answer=dict(answer), until=until))
    row = await tx.row(select(guest_waits).where(own))
    return seen if row is None else wait_of(row)


async def waits_of_network(tx: Tx, business_id: BusinessId, address: bytes, *, at: datetime) -> tuple[int, datetime]:
    """How many wishes a network has at a business, and when the first of them ends."""
    [row] = await tx.fetch(_OF_NETWORK, business_id, address, at)
    return row["waits"], row["first_ends"] or at


async def somebody_waits(tx: Tx, business_id: BusinessId, *, at: datetime) -> bool:
    """Whether any guest of the business waits for anything, or did until not long ago."""
    c = guest_waits.c
    return await tx.scalar(select(exists().where(c.business_id == business_id, c.until > at)))


async def forget_waits(tx: Tx, *, before: datetime) -> None:
    """Forget wishes whose time is past, and the links to them."""
    await tx.execute(delete(guest_waits).where(guest_waits.c.until < before))
