"""Reads: which of some starts are free by the claims themselves, of which availability has only a copy."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from appointments.domain import LONGEST_CLAIM
from contracts.alternatives import Alternative, AlternativesAnswer, AlternativesQuestion, Extent
from contracts.offers import ResourceChoice
from plumbing.db import Tx

# As in use_cases/look.py, for many windows: the bounds on start_at follow from the longest claim. A session that could
# be joined at exactly that time is not in the way.
_TAKEN = """
SELECT wanted.number, c.bookable_id
FROM unnest($3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS wanted (start_at, end_at, number)
JOIN claims c ON c.business_id = $1 AND c.bookable_id = ANY ($2::uuid[])
    AND c.start_at > wanted.start_at - $7::interval AND c.start_at < wanted.end_at + $7::interval
    AND c.during && tstzrange(wanted.start_at - $5::interval, wanted.end_at + $6::interval)
WHERE (c.expires_at IS NULL OR c.expires_at > clock_timestamp()) AND c.owner_id IS DISTINCT FROM $8::uuid
    AND NOT EXISTS (
        SELECT FROM sessions s WHERE s.business_id = $1 AND s.id = c.owner_id AND s.closed_at IS NULL
            AND s.service_id = $9 AND s.start_at = wanted.start_at AND s.end_at = wanted.end_at
            AND s.seats_taken < s.capacity
    )
"""


async def still_free(tx: Tx, asked: AlternativesQuestion, answer: AlternativesAnswer) -> list[Alternative]:
    """Those of the alternatives that can be had at this moment, each with who is free. One statement."""
    extent = answer.extent
    if extent is None or not answer.alternatives:
        return []
    taken = await _taken(tx, asked, answer, extent)
    found: list[Alternative] = []
    for number, one in enumerate(answer.alternatives, start=1):
        free = [staff_id for staff_id in one.staff_ids if staff_id not in taken[number]]
        if free and not _is_short(answer.resources, taken[number]):
            found.append(one.model_copy(update={"staff_ids": free}))
    return found


async def _taken(
    tx: Tx, asked: AlternativesQuestion, answer: AlternativesAnswer, extent: Extent
) -> Mapping[int, Collection[UUID]]:
    """Who and what is taken, by the number of the alternative."""
    staff = {staff_id for one in answer.alternatives for staff_id in one.staff_ids}
    units = {unit for need in answer.resources for unit in need.resource_ids}
    rows = await tx.fetch(
        _TAKEN,
        asked.business_id,
        sorted(staff | units),
        [one.start for one in answer.alternatives],
        [one.end for one in answer.alternatives],
        timedelta(minutes=extent.buffer_before_minutes),
        timedelta(minutes=extent.buffer_after_minutes),
        LONGEST_CLAIM,
        asked.moving,
        asked.service_id,
    )
    found: defaultdict[int, set[UUID]] = defaultdict(set)
    for row in rows:
        found[row["number"]].add(row["bookable_id"])
    return found


def _is_short(needs: Sequence[ResourceChoice], taken: Collection[UUID]) -> bool:
    return any(sum(unit not in taken for unit in need.resource_ids) < need.quantity for need in needs)
