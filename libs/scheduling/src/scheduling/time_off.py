"""Time off of one staff member: single times, and times that come again every week by the clock on the wall."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from scheduling.grid import Grid, Room
from scheduling.hours import LATEST, hull, local_seconds, local_time, stretches
from scheduling.intervals import Interval, Pair, seconds_of

WEEK = timedelta(days=7)

_DAY, _WEEK = 86_400, 7 * 86_400
_LAST = LATEST - 3 * WEEK  # beyond it no clock is known that the ends of an occurrence could be read from
_MOST_MASKS = 4


@dataclass(frozen=True, slots=True)
class WeeklyOff:
    """The time `first`, and in every week that follows the same hours on the wall, whatever the clocks do meanwhile.

    The last one begins on the local date `until` or before it; None = it never ends. Where the clocks change, an
    occurrence covers the hull of the instants whose local time lies inside it, as a block of hours does. ValueError
    when it is longer than a week.
    """

    zone: str
    first: Interval
    until: date | None = None

    def __post_init__(self) -> None:
        if self.first.length > WEEK:
            raise ValueError(f"what comes every week is at most a week long: {self.first}")

    def within(self, window: Interval) -> Iterator[Interval]:
        """Those occurrences that overlap the window, ascending."""
        if self.first.overlaps(window):
            yield self.first
        for low, high in self._later(seconds_of(window)):
            occurrence = Interval(datetime.fromtimestamp(low, UTC), datetime.fromtimestamp(high, UTC))
            if occurrence.overlaps(window):
                yield occurrence

    def _later(self, window: Pair[int]) -> Iterator[Pair[int]]:
        """All but the first near the window, and some that are not, in seconds since the epoch."""
        low, high = self._wall
        start, end = window
        numbers = range(
            max(1, (start - _DAY - high) // _WEEK), 1 + min(self._last_number(low), (end + _DAY - low) // _WEEK)
        )
        if not numbers:
            return
        dates = (_date_of(low + numbers[0] * _WEEK), _date_of(high + numbers[-1] * _WEEK))
        parts = stretches(self.zone, *dates)
        for number in numbers:
            if found := hull(parts, low + number * _WEEK, high + number * _WEEK):
                yield found

    @property
    def _wall(self) -> Pair[int]:
        """What the clock shows at the first start and end, in seconds since 1970-01-01T00:00 local time."""
        start, end = seconds_of(self.first)
        return start + _offset(self.first.start, self.zone), end + _offset(self.first.end, self.zone)

    def _last_number(self, low: int) -> int:
        return (local_seconds(min(self.until or _LAST, _LAST)) + _DAY - 1 - low) // _WEEK


class TimeOff:
    """All of it. It never changes: whoever keeps it keeps the masks that searches have made of it too."""

    __slots__ = ("_free", "once", "weekly")

    def __init__(self, once: Iterable[Interval] = (), weekly: Iterable[WeeklyOff] = ()) -> None:
        self.once = tuple(sorted(once))
        self.weekly = tuple(weekly)
        self._free: dict[tuple[int, Room], int] = {}

    def __bool__(self) -> bool:
        return bool(self.once or self.weekly)

    def within(self, window: Interval) -> list[Interval]:
        """Every piece that overlaps the window, whole, by its start; they may overlap each other."""
        before = self.once[: bisect_left(self.once, window.end, key=lambda off: off.start)]
        found = [off for off in before if window.start < off.end]
        return sorted([*found, *(off for weekly in self.weekly for off in weekly.within(window))])

    def free(self, grid: Grid, room: Room) -> int:
        """The starts of the grid around which there is room."""
        key = (grid.number, room)
        mask = self._free.get(key)
        if mask is None:
            if len(self._free) >= _MOST_MASKS:
                self._free.clear()
            mask = self._free[key] = grid.free([seconds_of(off) for off in self._near(grid, room)], room)
        return mask

    def _near(self, grid: Grid, room: Room) -> list[Interval]:
        if not grid.instants:
            return []
        start, end = (
            grid.instants[0] - timedelta(seconds=room.before),
            grid.instants[-1] + timedelta(seconds=room.after),
        )
        return self.within(Interval(start, end))


NO_TIME_OFF = TimeOff()


def _offset(instant: datetime, zone: str) -> int:
    offset = local_time(instant, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _date_of(wall: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=wall)).date()
