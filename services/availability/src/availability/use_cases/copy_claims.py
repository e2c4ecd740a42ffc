"""Keeping a copy of the claims: the hottest thing that this service hears of, so whole batches in two statements."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from contracts.appointments import ClaimsChanged
from plumbing.db import Tx

# Owners and businesses are locked in one order, so that no two batches wait for each other. An owner without claims
# is kept, so that an older event cannot bring claims back.
_ACCEPT = """
WITH accepted AS (
    INSERT INTO claim_owners_copy AS kept (business_id, owner_id, revision, released)
    SELECT business_id, owner_id, revision, released
    FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::boolean[])
        AS told (business_id, owner_id, revision, released)
    ORDER BY business_id, owner_id
    ON CONFLICT (business_id, owner_id) DO UPDATE
        SET revision = excluded.revision, released = excluded.released, changed_at = now()
        WHERE kept.revision < excluded.revision
    RETURNING kept.business_id, kept.owner_id
), removed AS (
    DELETE FROM claims_copy AS old USING accepted
    WHERE old.business_id = accepted.business_id AND old.owner_id = accepted.owner_id
)
SELECT business_id, owner_id FROM accepted
"""

_KEEP = """
WITH bumped AS (
    INSERT INTO versions AS v (business_id, version, catalogue_version)
    SELECT business_id, 1, 1 FROM unnest($1::uuid[]) AS touched (business_id) ORDER BY business_id
    ON CONFLICT (business_id) DO UPDATE SET version = v.version + 1
)
INSERT INTO claims_copy (business_id, owner_id, bookable_id, starts_at, ends_at, expires_at)
SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
"""

_Owner = tuple[UUID, UUID]


async def copy_claims(tx: Tx, events: Sequence[ClaimsChanged]) -> None:
    """Keep what the events say, unless something as new or newer is kept already; in any order, any number of times."""
    newest = _newest(events)
    told = [(*owner, event.revision, not event.claims) for owner, event in newest.items()]
    result = await tx.driver_sql(_ACCEPT, _columns(told, 4))
    accepted: list[_Owner] = [(row["business_id"], row["owner_id"]) for row in result.mappings()]
    if accepted:
        businesses = list({business_id for business_id, _ in accepted})
        await tx.driver_sql(_KEEP, (businesses, *_columns(_claims(newest[owner] for owner in accepted), 6)))


def _newest(events: Iterable[ClaimsChanged]) -> dict[_Owner, ClaimsChanged]:
    """The last word on every owner."""
    newest: dict[_Owner, ClaimsChanged] = {}
    for event in events:
        owner = (event.business_id, event.owner_id)
        known = newest.get(owner)
        if known is None or known.revision < event.revision:
            newest[owner] = event
    return newest


def _claims(events: Iterable[ClaimsChanged]) -> list[tuple[Any, ...]]:
    return [
        (event.business_id, event.owner_id, claim.bookable_id, claim.start, claim.end, claim.expires_at)
        for event in events
        for claim in event.claims
    ]


def _columns(rows: Collection[tuple[Any, ...]], width: int) -> tuple[list[Any], ...]:
    return tuple([row[at] for row in rows] for at in range(width))
