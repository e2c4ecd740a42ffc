"""The slot search over what is stored: a month of a service, for one staff member or whoever offers it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from availability.queries.slots_days import LAST_DATE, Dates, by_date
from availability.queries.time import Catalogue, Service
from contracts.ids import ServiceId, StaffId
from plumbing.problems import NotFound
from scheduling.conflicts import BUSY_RULES, ResourceUnit, Rule, Session, StaffTime
from scheduling.intervals import Interval
from scheduling.packed_claims import PackedClaims
from scheduling.service_rules import ServiceRules
from scheduling.slots import find_seats, find_slots_of_any, search_window, union_of_slots

LOOK_AHEAD_DAYS = (7, 28, *[84] * 9)
"""In which steps the next available date is searched for: most often it is near, and a short search is cheap.

After these two years it is given up: no service can be booked further ahead.
"""

type SessionsOn = Callable[[ServiceId, Sequence[UUID], Interval], Awaitable[Mapping[UUID, Sequence[Session]]]]
"""Reads the sessions of a service that some staff members give and that overlap a window."""

type ClaimsOn = Callable[[Sequence[UUID], Interval], Awaitable[Mapping[UUID, PackedClaims]]]
"""Reads the claims on each of some bookables that overlap a window."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. Dates without a zone are the business's own; without `staff_id` anybody will do."""

    service_id: ServiceId
    staff_id: StaffId | None
    first: date
    last: date
    zone: str | None = None
    with_staff: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The dates that were asked for, each with its starts; `free` says who, where that was asked.

    `seats` says how many are left at each start of a service for groups.
    """

    zone: str
    duration: timedelta
    days: Sequence[tuple[date, Sequence[datetime]]]
    next_available: date | None = None
    next_last: datetime | None = None  # the last start of that date
    free: Mapping[datetime, Sequence[UUID]] = field(default_factory=dict[datetime, Sequence[UUID]])
    seats: Mapping[datetime, int] = field(default_factory=dict[datetime, int])


@dataclass(frozen=True, slots=True)
class TakenTime:
    """Where it is read what is taken: claims, and for services with several seats the sessions."""

    claims_on: ClaimsOn
    sessions_on: SessionsOn


@dataclass(frozen=True, slots=True)
class _Starts:
    """The starts that were found, and of each what was asked or is to be told."""

    starts: Sequence[datetime]
    free: Mapping[datetime, Sequence[UUID]]
    seats: Mapping[datetime, int]


@dataclass(frozen=True, slots=True)
class _When:
    """Which local dates are searched, as of when, and by which rules."""

    first: date
    last: date
    now: datetime
    rules: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class _Search:
    zone: str
    service: Service
    staff: Sequence[StaffTime]
    units: Sequence[ResourceUnit]
    with_staff: bool
    rules: Sequence[Rule]
    now: datetime


async def slots_for(
    taken: TakenTime, catalogue: Catalogue, wish: Wish, *, rules: Sequence[Rule], now: datetime
) -> Found:
    """The starts that break none of `rules`, else when the next one is.

    Raises NotFound for a service or staff member that is none of these.
    """
    found = await slots_on(taken, catalogue, wish, rules=rules, now=now)
    if any(starts for _, starts in found.days):
        return found
    search = replace(_search(catalogue, wish, rules, now), with_staff=False)
    following = await _next_available(taken, search, Dates(found.zone, wish.first, wish.last))
    return found if following is None else replace(found, next_available=following[0], next_last=following[1][-1])


async def slots_on(
    taken: TakenTime, catalogue: Catalogue, wish: Wish, *, rules: Sequence[Rule], now: datetime
) -> Found:
    """The starts that break none of `rules`, on the dates that are asked for alone. Raises as `slots_for`."""
    search = _search(catalogue, wish, rules, now)
    shown = Dates(wish.zone or catalogue.zone, wish.first, wish.last)
    there = await _starts(taken, search, shown)
    days = by_date(there.starts, shown)
    return Found(shown.zone, search.service.rules.duration, days, free=there.free, seats=there.seats)


def _search(catalogue: Catalogue, wish: Wish, rules: Sequence[Rule], now: datetime) -> _Search:
    service = catalogue.services.get(wish.service_id)
    if service is None:
        raise NotFound.asked("serviceId")
    if wish.staff_id is not None and wish.staff_id not in catalogue.staff:
        raise NotFound.asked("staffId")
    staff = [catalogue.staff[staff_id].time for staff_id in service.staff_ids]
    if wish.staff_id is not None:
        staff = [time for time in staff if time.staff_id == wish.staff_id]
    units = catalogue.units_for(service)
    return _Search(catalogue.zone, service, staff, units, wish.with_staff, rules, now)


async def _next_available(taken: TakenTime, search: _Search, shown: Dates) -> tuple[date, Sequence[datetime]] | None:
    """The next date that has starts, with them."""
    if not (search.service.rules.active and any(member.active for member in search.staff)):
        return None
    for days in LOOK_AHEAD_DAYS:
        if shown.last >= LAST_DATE:
            return None
        shown = shown.following(days)
        if not _is_ever_open(search, shown):
            continue
        there = await _starts(taken, search, shown)
        if found := next(((on, here) for on, here in by_date(there.starts, shown) if here), None):
            return found
    return None


def _is_ever_open(search: _Search, shown: Dates) -> bool:
    """Whether there would be a start if nothing were taken: hours are in memory, claims are not."""
    on = shown.seen_from(search.zone)
    return bool(_found(search.service.rules, search.staff, (), _When(on.first, on.last, search.now, _untaken(search))))


def _untaken(search: _Search) -> list[Rule]:
    return [rule for rule in search.rules if rule not in BUSY_RULES]


async def _starts(taken: TakenTime, search: _Search, shown: Dates) -> _Starts:
    """The starts on these dates, or a little around them."""
    on, rules = shown.seen_from(search.zone), search.service.rules
    window = search_window(rules, search.zone, on.first, on.last)
    staff, units = await _with_taken_time(taken, search, window)
    when = _When(on.first, on.last, search.now, search.rules)
    seats = _seats(search, staff, units, when)
    if not search.with_staff:
        has_seats = search.service.capacity > 1
        return _Starts(list(seats) if has_seats else _found(rules, staff, units, when), {}, seats)
    free = dict(union_of_slots({member.staff_id: _found(rules, [member], units, when) for member in staff}))
    return _Starts(list(free), free, seats)


def _found(
    rules: ServiceRules, staff: Sequence[StaffTime], units: Sequence[ResourceUnit], when: _When
) -> list[datetime]:
    return find_slots_of_any(rules, staff, units, first=when.first, last=when.last, now=when.now, rules=when.rules)


def _seats(
    search: _Search, staff: Sequence[StaffTime], units: Sequence[ResourceUnit], when: _When
) -> Mapping[datetime, int]:
    """The seats left at each start of a service that has several; there are none of one that has one."""
    service = search.service
    if service.capacity < 2:
        return {}
    return find_seats(
        service.rules,
        staff,
        units,
        capacity=service.capacity,
        first=when.first,
        last=when.last,
        now=when.now,
        rules=when.rules,
    )


async def _with_taken_time(
    taken: TakenTime, search: _Search, window: Interval
) -> tuple[list[StaffTime], list[ResourceUnit]]:
    """Those who are searched, with their claims, and with the sessions of a service that has several seats."""
    ids = [member.staff_id for member in search.staff]
    sessions: Mapping[UUID, Sequence[Session]] = {}
    if search.service.capacity > 1:
        sessions = await taken.sessions_on(search.service.id, ids, window)
    claims = await taken.claims_on([*ids, *(unit.resource_id for unit in search.units)], window)
    staff = [
        replace(member, claims=claims[member.staff_id], sessions=sessions.get(member.staff_id, ()))
        for member in search.staff
    ]
    return staff, [replace(unit, claims=claims[unit.resource_id]) for unit in search.units]
