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
from itertools import chain, compress
from operator import itemgetter
from typing import overload
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
from scheduling.hours import Hours, dates, local_seconds, open_spans, stretches
from scheduling.intervals import Interval, Pair, seconds_of

_DAYS_AT_ONCE = 62  # bounds the grids that are kept


class PackedClaims(Sequence[Claim]):
    """Claims kept as whole seconds since the epoch, which is what a slot search reckons in.

    A month of one staff member is a thousand claims; read as numbers from the database they skip four
    objects each. Whoever asks for one of them gets a `Claim`.
    """

    __slots__ = ("_owners", "_spans")

    def __init__(self, rows: Iterable[tuple[int, int, UUID]]) -> None:
        """`rows` are start, end (rounded outwards, where there is a fraction) and owner, in any order."""
        ordered = sorted(rows, key=itemgetter(0))
        self._spans = [(start, end) for start, end, _ in ordered]
        self._owners = [owner for _, _, owner in ordered]

    def spans_without(self, owner_id: UUID | None) -> Sequence[Pair[int]]:
        """Start and end of each, ascending, without those of this owner."""
        if owner_id is None:
            return self._spans
        return [span for span, owner in zip(self._spans, self._owners, strict=True) if owner != owner_id]

    def __len__(self) -> int:
        return len(self._spans)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Claim]: ...
    def __getitem__(self, index: int | slice) -> Claim | Sequence[Claim]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, end = self._spans[index]
        return Claim(
            Interval(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)), self._owners[index]
        )


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

    A mask over it has one byte per start: 1 where it is free, else 0. As ints, little-endian, masks are joined.
    """

    first: date
    last: date
    instants: list[datetime]
    seconds: list[int]  # the same, since the epoch
    everything: bytes  # the mask in which every start is free

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
        _free_starts(search, staff, _grid(zone, *portion, service.slot_interval))
        for zone in zones
        for portion in _portions(first, _last_date(search, zone, last))
    ]
    # Where clocks go back over midnight, dates that follow each other interleave for an hour.
    return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))


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
    instants = [datetime.fromtimestamp(at, UTC) for at in starts]
    return _Grid(first, last, instants, starts, b"\1" * len(starts))


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
    free = bytearray(_open(staff.hours, grid, service.duration) if Kind.OUTSIDE_HOURS in kinds else grid.everything)
    if Kind.TIME_OFF in kinds:
        _bar(free, grid, sorted(map(seconds_of, staff.time_off)), service.duration, timedelta())
    if Kind.STAFF_BUSY in kinds:
        _bar_claims(free, grid, staff.claims, search)
    return int.from_bytes(free, "little")


@lru_cache(maxsize=1024)
def _open(hours: Hours, grid: _Grid, duration: timedelta) -> bytes:
    """The starts from which the whole duration lies inside one piece of open time."""
    free = bytearray(len(grid.instants))
    length = int(duration.total_seconds())
    # Two dates on, because where a zone skips a date the next one begins at once.
    for start, end in open_spans(hours, grid.first - DAY, grid.last + duration + 2 * DAY):
        low = bisect_left(grid.seconds, start)
        high = bisect_right(grid.seconds, end - length, low)
        free[low:high] = b"\1" * (high - low)
    return bytes(free)


def _free_of_resources(search: _Search, grid: _Grid) -> int:
    free = int.from_bytes(grid.everything, "little")
    for need in search.service.resource_needs:
        units = [unit for unit in search.resources if unit.active and unit.kind == need.kind]
        free &= _at_least(need.quantity, [_free_of_unit(search, unit, grid) for unit in units], grid)
    return free


def _free_of_unit(search: _Search, unit: ResourceUnit, grid: _Grid) -> int:
    free = bytearray(grid.everything)
    _bar_claims(free, grid, unit.claims, search)
    return int.from_bytes(free, "little")


def _at_least(quantity: int, masks: Iterable[int], grid: _Grid) -> int:
    """Where at least `quantity` of the masks are free: `levels[k]` is where k of those seen so far are."""
    levels = [int.from_bytes(grid.everything, "little")] + [0] * quantity
    for mask in masks:
        for k in range(quantity, 0, -1):
            levels[k] |= levels[k - 1] & mask
    return levels[quantity]


def _bar_claims(free: bytearray, grid: _Grid, claims: Sequence[Claim], search: _Search) -> None:
    """Clear the starts whose buffered window overlaps a claim."""
    service, spans = search.service, _spans(claims, search.ignore_owner)
    _bar(free, grid, spans, service.duration + service.buffer_after, service.buffer_before)


def _spans(claims: Sequence[Claim], ignore_owner: UUID | None) -> Sequence[Pair[int]]:
    if isinstance(claims, PackedClaims):
        return claims.spans_without(ignore_owner)
    others = claims if ignore_owner is None else [claim for claim in claims if claim.owner_id != ignore_owner]
    return sorted([seconds_of(claim.during) for claim in others])


def _bar(free: bytearray, grid: _Grid, spans: Sequence[Pair[int]], after: timedelta, before: timedelta) -> None:
    """Clear the starts t for which `[t - before, t + after)` overlaps one of `spans`, which ascend."""
    for start, end in _bars(spans, int(after.total_seconds()), int(before.total_seconds())):
        low = bisect_left(grid.seconds, start)
        high = bisect_left(grid.seconds, end, low)
        free[low:high] = bytes(high - low)


def _bars(spans: Sequence[Pair[int]], after: int, before: int) -> Iterator[Pair[int]]:
    """Spans between which no window has room become one; each is widened to the starts that it bars."""
    if not spans:
        return
    room = before + after
    start, end = spans[0]
    for next_start, next_end in spans:
        if next_start - end >= room:
            yield start - after + 1, end + before
            start, end = next_start, next_end
        elif next_end > end:
            end = next_end
    yield start - after + 1, end + before
