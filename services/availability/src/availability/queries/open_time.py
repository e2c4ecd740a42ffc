"""Open time: when staff work, for shading a calendar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from availability.queries.time import Catalogue, Person
from contracts.ids import StaffId
from scheduling.conflicts import DAY
from scheduling.hours import local_date, open_time
from scheduling.intervals import Interval, intersect


@dataclass(frozen=True, slots=True)
class OpenTime:
    """When one staff member could be booked if nothing were: merged, ascending, cut to the range."""

    staff_id: StaffId
    intervals: Sequence[Interval]


def open_time_of(catalogue: Catalogue, staff_ids: Collection[UUID], within: Interval) -> list[OpenTime]:
    """Of these staff members, in the order of their ids; without any of all who are active.

    Ids that name nobody have none. Whoever is not active has no open time.
    """
    people = sorted(catalogue.staff.values(), key=lambda person: person.id)
    if staff_ids:
        wanted = [person for person in people if person.id in staff_ids]
    else:
        wanted = [person for person in people if person.time.active]
    return [OpenTime(person.id, _open(person, within)) for person in wanted]


def _open(person: Person, within: Interval) -> list[Interval]:
    hours = person.time.hours
    if not person.time.active:
        return []
    first, last = local_date(within.start, hours.zone) - DAY, local_date(within.end, hours.zone) + DAY
    return intersect(open_time(hours, person.time.time_off.within(within), first, last), [within])
