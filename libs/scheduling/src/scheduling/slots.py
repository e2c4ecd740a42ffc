"""The slot search: the grid starts that have no conflict.

What is free is a mask over the grid, one bit per start. The masks of hours and of claims are remembered where these are
kept, so a search of what was searched before joins whole months by `|` and `&`, and no start is asked about by itself.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from uuid import UUID

from scheduling.conflicts import (
    DAY,
    GUEST_RULES,
    Claim,
    Kind,
    ResourceUnit,
    Rule,
    StaffTime,
    earliest_start,
    last_bookable_date,
)
from scheduling.grid import Grid, Room, grid_of
from scheduling.hours import local_seconds, stretches
from scheduling.intervals import Interval, seconds_of
from scheduling.packed_claims import PackedClaims
from scheduling.service_rules import ServiceRules

_DAYS_AT_ONCE = 62  # bounds the grids and masks that are kept


@dataclass(frozen=True, slots=True)
class _Search:
    service: ServiceRules
    resources: Sequence[ResourceUnit]
    now: datetime
    kinds: frozenset[Kind]  # of the rules to hold
    room: Room  # around a start, between claims
    ignore_owner: UUID | None


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
    room = Room(_seconds(service.buffer_before), _seconds(service.duration + service.buffer_after))
    search = _Search(service, resources, now, frozenset(rule.kind for rule in rules), room, ignore_owner)
    found = [
        _free_starts(search, staff, grid_of(zone, *portion, service.slot_interval))
        for zone in zones
        for portion in _portions(first, _last_date(search, zone, last))
    ]
    # Where clocks go back over midnight, dates that follow each other interleave for an hour.
    return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))


def find_seats(
    service: ServiceRules,
    staff: Sequence[StaffTime],
    resources: Sequence[ResourceUnit] = (),
    *,
    capacity: int,
    first: date,
    last: date,
    now: datetime,
    rules: Sequence[Rule] = GUEST_RULES,
) -> dict[datetime, int]:
    """Each of `find_slots_of_any` with the most seats that one session there has left, or would have.

    `capacity` is that of a session that is opened; `rules` must have `full` among them.
    """
    found = partial(find_slots_of_any, service, resources=resources, first=first, last=last, now=now, rules=rules)
    opened = [replace(member, sessions=[replace(one, seats_left=0) for one in member.sessions]) for member in staff]
    seats = dict.fromkeys(found(opened), capacity)
    for member in staff:
        starts = set(found([member])) if member.sessions else set[datetime]()
        for session in member.sessions:
            start = session.during.start
            if start in starts and session.during.length == service.duration:
                seats[start] = max(seats.get(start, 0), session.seats_left)
    return dict(sorted(seats.items()))


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


def _free_starts(search: _Search, staff: Iterable[StaffTime], grid: Grid) -> list[datetime]:
    anybody = joined = 0
    for member in staff:
        able = _open_to(search, member, grid)
        taken, seats = _sessions_of(search, member, grid) if member.sessions else (0, 0)
        joined |= able & seats
        if Kind.STAFF_BUSY in search.kinds:
            able &= _free_of_claims(search, member.claims, grid)
        anybody |= able & ~taken
    if Kind.RESOURCE_BUSY in search.kinds:
        anybody &= _free_of_resources(search, grid)
    starts = grid.starts(anybody | joined)
    if Kind.NOTICE in search.kinds:
        del starts[: bisect_left(starts, earliest_start(search.service, search.now))]
    return starts


def _open_to(search: _Search, staff: StaffTime, grid: Grid) -> int:
    """Where nothing but taken time may be in the way."""
    service, kinds = search.service, search.kinds
    if Kind.INACTIVE in kinds and not (service.active and staff.active and staff.offers):
        return 0
    free = grid.open(staff.hours, service.duration) if Kind.OUTSIDE_HOURS in kinds else grid.everything
    if Kind.TIME_OFF in kinds and staff.time_off:
        free &= staff.time_off.free(grid, Room(0, _seconds(service.duration)))
    return free


def _sessions_of(search: _Search, staff: StaffTime, grid: Grid) -> tuple[int, int]:
    """The starts of sessions that could be joined, and those of them where there are seats."""
    taken = seats = 0
    for session in staff.sessions:
        if session.during.length == search.service.duration and session.owner_id != search.ignore_owner:
            bit = grid.only(session.during.start)
            taken |= bit
            seats |= bit if session.seats_left > 0 or Kind.FULL not in search.kinds else 0
    return taken, seats


def _free_of_resources(search: _Search, grid: Grid) -> int:
    free = grid.everything
    for need in search.service.resource_needs:
        units = [unit for unit in search.resources if unit.active and unit.kind == need.kind]
        free &= _at_least(need.quantity, [_free_of_claims(search, unit.claims, grid) for unit in units], grid)
    return free


def _at_least(quantity: int, masks: Iterable[int], grid: Grid) -> int:
    """Where at least `quantity` of the masks are free: `levels[k]` is where k of those seen so far are."""
    levels = [grid.everything] + [0] * quantity
    for mask in masks:
        for k in range(quantity, 0, -1):
            levels[k] |= levels[k - 1] & mask
    return levels[quantity]


def _free_of_claims(search: _Search, claims: Sequence[Claim], grid: Grid) -> int:
    """The starts whose buffered window overlaps no claim."""
    owner_id = search.ignore_owner
    if not isinstance(claims, PackedClaims):
        others = [claim for claim in claims if owner_id is None or claim.owner_id != owner_id]
        return grid.free(sorted([seconds_of(claim.during) for claim in others]), search.room)
    if owner_id is None:
        return claims.free(grid, search.room)
    return grid.free(claims.spans_without(owner_id), search.room)


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())
