"""The stored appointments: which half hours are taken, the same for the same size, and which are free."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Dubai")
OPENS = time(8)
HALVES = 24
"""Half hours of a working day, 08:00 to 20:00, every day of the week."""
TAKEN = 14
"""Of these, on every day of every staff member: a year of 200 of them is a million appointments."""
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Dataset:
    """So many staff members, with appointments on so many days."""

    staff: int
    first: date
    days: int

    @property
    def appointments(self) -> int:
        """How many there are."""
        return self.staff * self.days * TAKEN

    @property
    def opening(self) -> datetime:
        """When the first day begins, in UTC."""
        return datetime.combine(self.first, OPENS, ZONE).astimezone(UTC)

    def gaps(self, after: date) -> list[tuple[int, datetime]]:
        """Half hours that are free, later than a date: staff member by number, and start; in an order without order."""
        free = list(self._free((after - self.first).days + 1))
        Random(1).shuffle(free)
        return free

    def _free(self, first_day: int) -> Iterator[tuple[int, datetime]]:
        for day in range(first_day, self.days):
            for staff in range(self.staff):
                for half in range(HALVES):
                    if not is_taken(staff, day, half):
                        yield staff, self.opening + timedelta(days=day) + half * HALF_HOUR


def is_taken(staff: int, day: int, half: int) -> bool:
    """Whether this half hour is taken. Seven and 24 have no common factor: each day has as many, at other hours."""
    return (half * 7 + staff * 5 + day * 11) % HALVES < TAKEN


def large(today: date) -> Dataset:
    """A million appointments: half of them are past."""
    return Dataset(200, today - timedelta(days=178), 358)


def small(today: date) -> Dataset:
    """Ten thousand: as many a day, of fewer people on fewer days."""
    return Dataset(20, today - timedelta(days=1), 36)


def busy_year(today: date) -> Dataset:
    """A hundred thousand: two years of ten people, a year of it past."""
    return Dataset(10, today - timedelta(days=357), 715)


def first_week(today: date) -> Dataset:
    """A thousand: the week around today of the same ten people, just as busy."""
    return Dataset(10, today - timedelta(days=1), 8)
