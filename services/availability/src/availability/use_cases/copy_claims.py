"""Keeping a copy of the claims: the hottest thing that this service hears of, so whole batches in two statements."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from availability.use_cases.copy_sessions import copy_sessions
from availability.use_cases.report_misfits import report_misfits
from contracts.appointments import ClaimsChanged
from plumbing.db import Tx

# Owners and businesses are locked in one order, so that no two batches wait for each other. An owner without claims
# is kept, so that an older event cannot bring claims back.
_ACCEPT = """
INSERT INTO claim_owners_copy AS kept (business_id, owner_id, revision, released)
SELECT business_id, owner_id, revision, released
FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::boolean[]) AS told (business_id, owner_id, revision, released)
ORDER BY business_id, owner_id
ON CONFLICT (business_id, owner_id) DO UPDATE
    SET revision = excluded.revision, released = excluded.released, changed_at = now()
    WHERE kept.revision < excluded.revision
RETURNING business_id, owner_id
"""

# A statement of its own, because only one that begins after the wait for an owner sees the claims that the other batch
# has left. The count makes the removal come first: a claim may be kept again with another end. All batches run the
# parts in one order, and each part locks its rows in the order of their keys.
_REPLACE = """
WITH removed AS (
    DELETE FROM claims_copy AS old USING unnest($1::uuid[], $2::uuid[]) AS accepted (business_id, owner_id)
    WHERE old.business_id = accepted.business_id AND old.owner_id = accepted.owner_id
    RETURNING old.business_id, old.bookable_id
), bumped AS (
    INSERT INTO versions AS v (business_id, version, catalogue_version)
    SELECT DISTINCT business_id, 1, 1 FROM unnest($1::uuid[]) AS touched (business_id) ORDER BY business_id
    ON CONFLICT (business_id) DO UPDATE SET version = v.version + 1
    RETURNING v.business_id, v.catalogue_version
), bumped_each AS (
    INSERT INTO claim_versions AS v (business_id, bookable_id, version)
    SELECT business_id, bookable_id, 1
    FROM (TABLE removed UNION SELECT * FROM unnest($3::uuid[], $5::uuid[])) AS touched (business_id, bookable_id)
    ORDER BY business_id, bookable_id
    ON CONFLICT (business_id, bookable_id) DO UPDATE SET version = v.version + 1
), kept AS (
    INSERT INTO claims_copy (
        business_id, owner_id, bookable_id, starts_at, ends_at, expires_at,
        buffer_before_minutes, buffer_after_minutes, of_session
    )
    SELECT * FROM unnest(
        $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
        $9::smallint[], $10::smallint[], $11::boolean[]
    )
    WHERE (SELECT count(*) FROM removed) >= 0
)
TABLE bumped
"""

_Owner = tuple[UUID, UUID]


async def copy_claims(tx: Tx, events: Sequence[ClaimsChanged]) -> None:
    """Keep what the events say, unless something as new or newer is kept already; in any order, any number of times."""
    newest = _newest(events)
    told = [(*owner, event.revision, not event.claims) for owner, event in newest.items()]
    result = await tx.driver_sql(_ACCEPT, _columns(told, 4))
    accepted: list[_Owner] = [(row["business_id"], row["owner_id"]) for row in result.mappings()]
    if accepted:
        news = [newest[owner] for owner in accepted]
        bumped = await tx.driver_sql(_REPLACE, (*_columns(accepted, 2), *_columns(_claims(news), 9)))
        await copy_sessions(tx, news)
        await report_misfits(tx, news, {row["business_id"]: row["catalogue_version"] for row in bumped.mappings()})


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
        (
            event.business_id,
            event.owner_id,
            claim.bookable_id,
            claim.start,
            claim.end,
            claim.expires_at,
            claim.buffer_before_minutes,
            claim.buffer_after_minutes,
            event.session is not None,
        )
        for event in events
        for claim in event.claims
    ]


def _columns(rows: Collection[tuple[Any, ...]], width: int) -> tuple[list[Any], ...]:
    return tuple([row[at] for row in rows] for at in range(width))
