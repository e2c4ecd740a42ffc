"""The free starts that are nearest to one that somebody wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from availability.queries.owned_claims import taken_by_others
from availability.queries.sessions import sessions_on
from availability.queries.slots import TakenTime, Wish, slots_on
from availability.queries.slots_days import LAST_DATE
from availability.queries.time import Catalogue, Service
from contracts.alternatives import AlternativesQuestion, WantedExtent
from plumbing.db import UnitOfWork
from scheduling.conflicts import DAY, GUEST_RULES, OWNER_GRID_RULES
from scheduling.hours import local_date
from scheduling.service_rules import MINUTE

REACH_DAYS = (1, 7, 28)
"""How far around the wanted date is searched, until there are enough: most often they are near."""

FARTHEST = timedelta(days=max(REACH_DAYS) + 2)
"""Nothing is looked at that is farther from what is wanted."""

_CLOCK_CHANGE = timedelta(hours=3)  # a date may be shorter than a day by less than this


@dataclass(frozen=True, slots=True)
class Near:
    """Free starts, the nearest first, and who is free at each."""

    starts: Sequence[datetime]
    free: Mapping[datetime, Sequence[UUID]]


def service_with(service: Service, extent: WantedExtent) -> Service:
    """The service, taking as much time as is asked for."""
    lengths = {
        "duration": extent.minutes,
        "buffer_before": extent.buffer_before_minutes,
        "buffer_after": extent.buffer_after_minutes,
    }
    changed = {name: MINUTE * minutes for name, minutes in lengths.items() if minutes is not None}
    return replace(service, rules=replace(service.rules, **changed))


async def nearest(uow: UnitOfWork, catalogue: Catalogue, wanted: AlternativesQuestion, *, now: datetime) -> Near:
    """At most so many as are asked for. What is past is none, unless what was wanted is past too.

    Raises NotFound for a service or staff member that is none of these. A fixed number of statements.
    """
    service = service_with(catalogue.services[wanted.service_id], wanted.extent)
    catalogue = replace(catalogue, services={service.id: service})
    own = partial(taken_by_others, uow, wanted.business_id, own=wanted.moving, now=now)
    taken = TakenTime(own, partial(sessions_on, uow, wanted.business_id))
    rules, earliest = GUEST_RULES if wanted.guest else OWNER_GRID_RULES, min(now, wanted.start)
    found = Near((), {})
    for days in REACH_DAYS:
        wish = Wish(wanted.service_id, wanted.staff_id, *_around(wanted.start, days, catalogue.zone), with_staff=True)
        there = await slots_on(taken, catalogue, wish, rules=rules, now=now)
        starts = [start for start in there.free if start >= earliest]
        starts.sort(key=lambda start: (abs(start - wanted.start), start))
        found = Near(starts[: wanted.most], there.free)
        # Beyond the dates that were searched nothing can be nearer than the farthest of these.
        if len(starts) >= wanted.most and abs(found.starts[-1] - wanted.start) < DAY * days - _CLOCK_CHANGE:
            break
    return found


def _around(start: datetime, days: int, zone: str) -> tuple[date, date]:
    on = local_date(start, zone)
    return on - DAY * days, min(on + DAY * days, LAST_DATE)
