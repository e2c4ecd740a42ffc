"""Open time as JSON."""

from collections.abc import Sequence
from typing import Self

from availability.queries.open_time import OpenTime
from contracts.ids import StaffId
from contracts.wire import Instant, Wire


class OpenInterval(Wire):
    """`[start, end)`."""

    start: Instant
    end: Instant


class OpenStaff(Wire):
    """When one staff member works within the range, time off and closures taken out; ascending, merged."""

    staff_id: StaffId
    intervals: list[OpenInterval]


class OpenTimes(Wire):
    """Staff by id, each with their open time."""

    items: list[OpenStaff]

    @classmethod
    def of(cls, found: Sequence[OpenTime]) -> Self:
        """The answer that says this."""
        return cls(items=[_staff(one) for one in found])


def _staff(one: OpenTime) -> OpenStaff:
    intervals = [OpenInterval(start=part.start, end=part.end) for part in one.intervals]
    return OpenStaff(staff_id=one.staff_id, intervals=intervals)
