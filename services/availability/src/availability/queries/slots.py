"""The slot search over what is stored: a month of a service, for one staff member or whoever offers it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from availability.queries.slots_days import LAST_DATE, Dates, by_date
from availability.queries.time import Catalogue, Service
from contracts.ids import ServiceId, StaffId
from plumbing.problems import NotFound
from scheduling.conflicts import ResourceUnit, Rule, StaffTime
from scheduling.intervals import Interval
from scheduling.packed_claims import PackedClaims
from scheduling.slots import find_slots_of_any, search_window, union_of_slots

LOOK_AHEAD_DAYS = (7, 28, 84)
"""In which steps the next available date is searched for: most often it is near, and a short search is cheap."""

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
    """The dates that were asked for, each with its starts; `free` says who, where that was asked."""

    zone: str
    duration: timedelta
    days: Sequence[tuple[date, Sequence[datetime]]]
    next_available: date | None = None
    free: Mapping[datetime, Sequence[UUID]] = field(default_factory=dict[datetime, Sequence[UUID]])


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
    claims_on: ClaimsOn, catalogue: Catalogue, wish: Wish, *, rules: Sequence[Rule], now: datetime
) -> Found:
    """The starts that break none of `rules`. Raises NotFound for a service or staff member that is none of these."""
    search = _search(catalogue, wish, rules, now)
    shown = Dates(wish.zone or catalogue.zone, wish.first, wish.last)
    starts, free = await _starts(claims_on, search, shown)
    days = by_date(starts, shown)
    found = Found(shown.zone, search.service.rules.duration, days, free=free)
    if any(starts for _, starts in days):
        return found
    return replace(found, next_available=await _next_available(claims_on, replace(search, with_staff=False), shown))


def _search(catalogue: Catalogue, wish: Wish, rules: Sequence[Rule], now: datetime) -> _Search:
    service = catalogue.services.get(wish.service_id)
    if service is None or (wish.staff_id is not None and wish.staff_id not in catalogue.staff):
        raise NotFound
    staff = [catalogue.staff[staff_id].time for staff_id in service.staff_ids]
    if wish.staff_id is not None:
        staff = [time for time in staff if time.staff_id == wish.staff_id]
    units = catalogue.units_for(service)
    return _Search(catalogue.zone, service, staff, units, wish.with_staff, rules, now)


async def _next_available(claims_on: ClaimsOn, search: _Search, shown: Dates) -> date | None:
    if not (search.service.rules.active and any(member.active for member in search.staff)):
        return None
    for days in LOOK_AHEAD_DAYS:
        if shown.last >= LAST_DATE:
            return None
        shown = shown.following(days)
        starts, _ = await _starts(claims_on, search, shown)
        if found := next((on for on, here in by_date(starts, shown) if here), None):
            return found
    return None


async def _starts(
    claims_on: ClaimsOn, search: _Search, shown: Dates
) -> tuple[Sequence[datetime], Mapping[datetime, Sequence[UUID]]]:
    """The starts on these dates, or a little around them, and who is free at each if that is asked."""
    on, rules = shown.seen_from(search.zone), search.service.rules
    bookables = [member.staff_id for member in search.staff] + [unit.resource_id for unit in search.units]
    window = search_window(rules, search.zone, on.first, on.last)
    claims = await claims_on(bookables, window)
    staff = [replace(member, claims=claims[member.staff_id]) for member in search.staff]
    units = [replace(unit, claims=claims[unit.resource_id]) for unit in search.units]
    found_of = partial(
        find_slots_of_any,
        rules,
        resources=units,
        first=on.first,
        last=on.last,
        now=search.now,
        rules=search.rules,
    )
    if not search.with_staff:
        return found_of(staff), {}
    free = dict(union_of_slots({member.staff_id: found_of([member]) for member in staff}))
    return list(free), free
