"""The slot search: the grid starts that have no conflict.

Every start of the grid has a position; what is free is one byte per position. Open time sets a slice of
them, each claim clears one, and people and units are joined by whole-mask arithmetic. So no start is asked
about by itself, and the cost is that of the claims, not of the grid.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import compress
from uuid import UUID

from scheduling.conflicts import (
    DAY,
    GUEST_RULES,
    Claim,
    Kind,
    ResourceUnit,
    Rule,
    ServiceRules,
    StaffTime,
    earliest_start,
    last_bookable_date,
)
from scheduling.hours import dates, local_seconds, open_spans, stretches
from scheduling.intervals import Interval

_DAYS_AT_ONCE = 62  # bounds the grids that are kept
_SECONDS_OF_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Search:
    service: ServiceRules
    resources: Sequence[ResourceUnit]
    now: datetime
    kinds: frozenset[Kind]  # of the rules to hold
    ignore_owner: UUID | None


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """The instants on some local dates whose local minute of the day is a multiple of the slot interval.

    A mask over it is an int whose little-endian byte i is 1 where start i is free, else 0.
    """

    first: date
    last: date
    instants: list[datetime]
    seconds: list[float]  # float because `datetime.timestamp` is, and bisect compares like with like fastest

    @property
    def all_free(self) -> int:
        return int.from_bytes(b"\1" * len(self.instants), "little")

    def starts(self, mask: int) -> list[datetime]:
        return list(compress(self.instants, mask.to_bytes(len(self.instants), "little")))


def find_slots(
    service: ServiceRules,
    staff: StaffTime,
    resources: Sequence[ResourceUnit] = (),
    *,
    first: date,
    last: date,
    now: datetime,
    rules: Sequence[Rule] = GUEST_RULES,
    ignore_owner: UUID | None = None,
) -> list[datetime]:
    """The grid starts (UTC, ascending) on the local dates `first` to `last`, inclusive, that break none of `rules`.

    Time off and claims must be complete within `search_window`. The answer equals asking `why_not` of every
    grid start; the property tests keep the two the same.
    """
    return find_slots_of_any(
        service, [staff], resources, first=first, last=last, now=now, rules=rules, ignore_owner=ignore_owner
    )


def find_slots_of_any(
    service: ServiceRules,
    staff: Sequence[StaffTime],
    resources: Sequence[ResourceUnit] = (),
    *,
    first: date,
    last: date,
    now: datetime,
    rules: Sequence[Rule] = GUEST_RULES,
    ignore_owner: UUID | None = None,
) -> list[datetime]:
    """The union of `find_slots` over staff members, who share one zone; not saying who is free."""
    if len(zones := {member.hours.zone for member in staff}) > 1:
        raise ValueError(f"staff of one search must share a zone: {sorted(zones)}")
    search = _Search(service, resources, now, frozenset(rule.kind for rule in rules), ignore_owner)
    found = [
        start
        for zone in zones
        for portion in _portions(first, _last_date(search, zone, last))
        for start in _free_starts(search, staff, _grid(zone, *portion, service.slot_interval))
    ]
    return sorted(found)  # portions may interleave for an hour, where clocks go back over midnight


def union_of_slots(per_staff: Mapping[UUID, Sequence[datetime]]) -> list[tuple[datetime, tuple[UUID, ...]]]:
    """Each start that anybody has, ascending, with who has it, by id."""
    free: dict[datetime, list[UUID]] = {}
    for staff_id in sorted(per_staff):
        for start in per_staff[staff_id]:
            free.setdefault(start, []).append(staff_id)
    return [(start, tuple(free[start])) for start in sorted(free)]


def search_window(service: ServiceRules, zone: str, first: date, last: date) -> Interval:
    """What a search of these dates can touch: time off and claims that do not overlap it change nothing."""
    offsets = [part.offset for part in stretches(zone, first, last)]
    start = datetime.fromtimestamp(local_seconds(first) - max(offsets), UTC)
    end = datetime.fromtimestamp(local_seconds(last + DAY) - min(offsets), UTC)
    return Interval(start, end).expand(service.buffer_before, service.duration + service.buffer_after)


def _last_date(search: _Search, zone: str, last: date) -> date:
    if Kind.HORIZON not in search.kinds:
        return last
    return min(last, last_bookable_date(search.service, search.now, zone))


def _portions(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        end = min(last, first + DAY * (_DAYS_AT_ONCE - 1))
        yield first, end
        first = end + DAY


@lru_cache(maxsize=64)
def _grid(zone: str, first: date, last: date, interval: timedelta) -> _Grid:
    """Kept, because everybody who looks at a month asks for the same one."""
    step, parts = int(interval.total_seconds()), stretches(zone, first, last)
    starts = sorted(
        at
        for on in dates(first, last)
        for part in parts
        for at in range(local_seconds(on) - part.offset, local_seconds(on + DAY) - part.offset, step)
        if part.start <= at < part.end
    )
    return _Grid(first, last, [datetime.fromtimestamp(at, UTC) for at in starts], [float(at) for at in starts])


def _free_starts(search: _Search, staff: Iterable[StaffTime], grid: _Grid) -> list[datetime]:
    anybody = 0
    for member in staff:
        anybody |= _free_of_staff(search, member, grid)
    if Kind.RESOURCE_BUSY in search.kinds:
        anybody &= _free_of_resources(search, grid)
    starts = grid.starts(anybody)
    if Kind.NOTICE in search.kinds:
        del starts[: bisect_left(starts, earliest_start(search.service, search.now))]
    return starts


def _free_of_staff(search: _Search, staff: StaffTime, grid: _Grid) -> int:
    service, kinds = search.service, search.kinds
    if Kind.INACTIVE in kinds and not (service.active and staff.active and staff.offers):
        return 0
    free = _open(search, staff, grid)
    if Kind.TIME_OFF in kinds:
        _bar(free, grid, staff.time_off, service.duration, timedelta())
    if Kind.STAFF_BUSY in kinds:
        _bar_claims(free, grid, staff.claims, search)
    return int.from_bytes(free, "little")


def _open(search: _Search, staff: StaffTime, grid: _Grid) -> bytearray:
    """The starts from which the whole duration lies inside one piece of open time."""
    if Kind.OUTSIDE_HOURS not in search.kinds:
        return bytearray(b"\1" * len(grid.instants))
    free = bytearray(len(grid.instants))
    length = search.service.duration.total_seconds()
    days_after = search.service.duration // DAY + 1
    for start, end in open_spans(staff.hours, grid.first - DAY, grid.last + DAY * days_after):
        low = bisect_left(grid.seconds, start)
        high = bisect_right(grid.seconds, end - length, low)
        free[low:high] = b"\1" * (high - low)
    return free


def _free_of_resources(search: _Search, grid: _Grid) -> int:
    free = grid.all_free
    for need in search.service.resource_needs:
        units = [unit for unit in search.resources if unit.active and unit.kind == need.kind]
        free &= _at_least(need.quantity, [_free_of_unit(search, unit, grid) for unit in units], grid)
    return free


def _free_of_unit(search: _Search, unit: ResourceUnit, grid: _Grid) -> int:
    free = bytearray(b"\1" * len(grid.instants))
    _bar_claims(free, grid, unit.claims, search)
    return int.from_bytes(free, "little")


def _at_least(quantity: int, masks: Iterable[int], grid: _Grid) -> int:
    """Where at least `quantity` of the masks are free: `levels[k]` is where k of those seen so far are."""
    levels = [grid.all_free] + [0] * quantity
    for mask in masks:
        for k in range(quantity, 0, -1):
            levels[k] |= levels[k - 1] & mask
    return levels[quantity]


def _bar_claims(free: bytearray, grid: _Grid, claims: Sequence[Claim], search: _Search) -> None:
    """Clear the starts whose buffered window overlaps a claim."""
    others = claims if search.ignore_owner is None else [c for c in claims if c.owner_id != search.ignore_owner]
    service = search.service
    _bar(free, grid, [c.during for c in others], service.duration + service.buffer_after, service.buffer_before)


def _bar(free: bytearray, grid: _Grid, taken: Iterable[Interval], after: timedelta, before: timedelta) -> None:
    """Clear the starts t for which `[t - before, t + after)` overlaps one of `taken`."""
    seconds, reach, lead = grid.seconds, after.total_seconds(), before.total_seconds()
    for interval in taken:
        low = bisect_right(seconds, interval.start.timestamp() - reach)
        high = bisect_left(seconds, interval.end.timestamp() + lead, low)
        free[low:high] = bytes(high - low)
