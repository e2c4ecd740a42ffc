"""Taken time with whose it is, from the copy of the claims: for questions in which own time does not count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from availability.domain import LONGEST_CLAIM
from contracts.ids import AppointmentId, BusinessId
from plumbing.db import UnitOfWork
from plumbing.session import Row
from scheduling.conflicts import Claim
from scheduling.intervals import Interval, seconds_of
from scheduling.packed_claims import PackedClaims

# The statements open their own scope, so that they need no transaction; OFFSET keeps the scope before the rows. What
# has expired is in nobody's way.
_SCOPED = """
SELECT found.* FROM (SELECT set_config('app.business_id', $1::uuid::text, true) AS scope) AS told
CROSS JOIN LATERAL ({} AND told.scope <> '' OFFSET 0) AS found
"""

_CLAIMS = _SCOPED.format("""
    SELECT bookable_id, owner_id, starts_at, ends_at, of_session FROM claims_copy
    WHERE business_id = $1 AND bookable_id = ANY ($2::uuid[]) AND starts_at > $3 AND starts_at < $4 AND ends_at > $5
        AND (expires_at IS NULL OR expires_at > $6)
""")

_OF_OWNER = _SCOPED.format("""
    SELECT starts_at, ends_at, buffer_before_minutes, buffer_after_minutes FROM claims_copy
    WHERE business_id = $1 AND owner_id = $2
""")


@dataclass(frozen=True, slots=True)
class Taken:
    """The claims on each bookable, and which of their owners are group sessions."""

    claims: Mapping[UUID, Sequence[Claim]]
    sessions: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Extent:
    """How long an appointment is, and the buffers that it was booked with."""

    length: timedelta
    buffer_before: timedelta
    buffer_after: timedelta


async def taken_within(
    uow: UnitOfWork, business_id: BusinessId, bookables: Sequence[UUID], window: Interval, now: datetime
) -> Taken:
    """What is taken of these bookables in a window. One statement."""
    rows = await _rows(uow, business_id, bookables, window, now)
    claims: defaultdict[UUID, list[Claim]] = defaultdict(list)
    for row in rows:
        claims[row["bookable_id"]].append(Claim(Interval(row["starts_at"], row["ends_at"]), row["owner_id"]))
    return Taken(claims, frozenset(row["owner_id"] for row in rows if row["of_session"]))


async def taken_by_others(
    uow: UnitOfWork,
    business_id: BusinessId,
    bookables: Sequence[UUID],
    window: Interval,
    *,
    own: AppointmentId | None,
    now: datetime,
) -> Mapping[UUID, PackedClaims]:
    """The claims on each of these bookables that overlap a window, without an appointment's own. One statement."""
    rows = await _rows(uow, business_id, bookables, window, now)
    found: dict[UUID, list[tuple[int, int, UUID]]] = {bookable: [] for bookable in bookables}
    for row in rows:
        if row["owner_id"] != own:
            start, end = seconds_of(Interval(row["starts_at"], row["ends_at"]))
            found[row["bookable_id"]].append((start, end, row["owner_id"]))
    return {bookable: PackedClaims(claims) for bookable, claims in found.items()}


async def extent_of(uow: UnitOfWork, business_id: BusinessId, appointment_id: AppointmentId) -> Extent | None:
    """How long an appointment is; None when it takes no time of its own, or there is none."""
    rows = await uow.single(_OF_OWNER, business_id, appointment_id)
    if not rows:
        return None
    row = rows[0]
    before, after = (timedelta(minutes=row[f"buffer_{side}_minutes"]) for side in ("before", "after"))
    return Extent(row["ends_at"] - row["starts_at"] - before - after, before, after)


async def _rows(
    uow: UnitOfWork, business_id: BusinessId, bookables: Sequence[UUID], window: Interval, now: datetime
) -> Sequence[Row]:
    bounds = (window.start - LONGEST_CLAIM, window.end, window.start)
    return await uow.single(_CLAIMS, business_id, list(bookables), *bounds, now)
