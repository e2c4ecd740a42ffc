"""Keeping a copy of the group sessions, with the claims that they hold."""

from collections.abc import Collection
from typing import Any

from contracts.appointments import ClaimsChanged
from plumbing.db import Tx

# Whoever comes here has locked the owners of the claims, so the rows of these sessions are nobody else's.
_KEEP = """
WITH told AS (
    SELECT * FROM unnest(
        $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::smallint[],
        $8::smallint[], $9::boolean[]
    ) AS told (business_id, owner_id, service_id, staff_id, starts_at, ends_at, capacity, seats_taken, is_open)
), closed AS (
    DELETE FROM sessions_copy AS old USING told
    WHERE NOT told.is_open AND old.business_id = told.business_id AND old.owner_id = told.owner_id
)
INSERT INTO sessions_copy (business_id, owner_id, service_id, staff_id, starts_at, ends_at, capacity, seats_taken)
SELECT business_id, owner_id, service_id, staff_id, starts_at, ends_at, capacity, seats_taken FROM told WHERE is_open
ON CONFLICT (business_id, owner_id) DO UPDATE
    SET service_id = excluded.service_id, staff_id = excluded.staff_id, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, capacity = excluded.capacity, seats_taken = excluded.seats_taken
"""


async def copy_sessions(tx: Tx, accepted: Collection[ClaimsChanged]) -> None:
    """Keep the sessions that are among the owners of claims, as they are now; one without claims is closed.

    One statement, and none when there is no session. The events are news: their owners were locked, and known before
    at a lower revision if at all.
    """
    rows = [_row(event) for event in accepted if event.session is not None]
    if rows:
        await tx.driver_sql(_KEEP, tuple(list(column) for column in zip(*rows, strict=True)))


def _row(event: ClaimsChanged) -> tuple[Any, ...]:
    session = event.session
    if session is None:
        raise ValueError("not a session's")
    return (
        event.business_id,
        event.owner_id,
        session.service_id,
        session.staff_id,
        session.start,
        session.end,
        session.capacity,
        session.seats_taken,
        bool(event.claims),
    )
