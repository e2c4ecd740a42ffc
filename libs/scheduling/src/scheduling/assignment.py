"""Who is taken when a guest asks for any staff member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from scheduling.hours import day_bounds
from scheduling.intervals import Interval, intersect

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Load:
    """How busy one staff member is on the local date that is asked about."""

    staff_id: UUID
    claimed: timedelta  # buffers included
    last_made_at: datetime | None = None  # when the latest appointment of theirs was made; None = never


def in_order_of_choice(loads: Iterable[Load]) -> list[UUID]:
    """Fewest claimed minutes, then the latest appointment made longest ago, then id (scheduling.md, Any staff).

    The first is to be tried first; the next when that one has just been taken.
    """
    return [load.staff_id for load in sorted(loads, key=_preference)]


def claimed_on(on: date, zone: str, claims: Iterable[Interval]) -> timedelta:
    """How much of a local date is covered by these claims."""
    pieces = intersect(claims, [day_bounds(on, zone)])
    return sum((piece.length for piece in pieces), timedelta())


def _preference(load: Load) -> tuple[timedelta, datetime, UUID]:
    return load.claimed, load.last_made_at or _NEVER, load.staff_id
