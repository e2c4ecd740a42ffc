"""The starts that a slot search looks at, and masks over them: which of these are free."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from scheduling.hours import Hours, dates, local_seconds, open_spans, stretches
from scheduling.intervals import Pair

_DAY = timedelta(days=1)
_MOST_OPEN = 1_024  # masks of hours that a grid keeps: a few hundred bytes each
_TRUTH = bytes.maketrans(b"01", b"\0\1")
_numbers = count()


class Room(NamedTuple):
    """The time around a start that has to be free, in seconds: from `before` it, to `after` it."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The instants on some local dates whose local minute of the day is a multiple of the slot interval.

    A mask over it is a number with one bit per start, the first start's the highest: 1 where it is free. So people and
    units are joined by `|` and `&`, a month at a time.
    """

    first: date
    last: date
    instants: Sequence[datetime]  # ascending
    seconds: Sequence[int]  # the same, since the epoch
    everything: int  # the mask in which every start is free
    number: int = field(default_factory=_numbers.__next__)
    """No other grid of this process has it: what is kept under it needs not hold the grid itself."""
    _open: dict[tuple[int, timedelta], tuple[Hours, int]] = field(
        default_factory=dict[tuple[int, timedelta], tuple[Hours, int]]
    )

    def starts(self, mask: int) -> list[datetime]:
        """The starts that are free in a mask, ascending."""
        return list(compress(self.instants, f"{mask:0{len(self.instants)}b}".encode().translate(_TRUTH)))

    def only(self, start: datetime) -> int:
        """The mask in which this start alone is free; none is, where it is not on the grid."""
        at = bisect_left(self.instants, start)
        is_here = at < len(self.instants) and self.instants[at] == start
        return 1 << (len(self.instants) - 1 - at) if is_here else 0

    def free(self, spans: Sequence[Pair[int]], room: Room) -> int:
        """The starts whose room overlaps none of `spans`, which are seconds since the epoch and ascend."""
        marks = bytearray(b"1") * len(self.seconds)
        for start, end in _barred(spans, room):
            low = bisect_left(self.seconds, start)
            high = bisect_left(self.seconds, end, low)
            marks[low:high] = b"0" * (high - low)
        return _mask(marks)

    def open(self, hours: Hours, duration: timedelta) -> int:
        """The starts from which the whole duration lies inside one piece of open time.

        Kept for these very hours, not for equal ones: to compare two weeks takes longer than all else in a search. They
        are kept too, so that their id stays theirs.
        """
        key = (id(hours), duration)
        kept = self._open.get(key)
        if kept is None:
            if len(self._open) >= _MOST_OPEN:
                self._open.clear()
            kept = self._open[key] = (hours, self._inside(hours, duration))
        return kept[1]

    def _inside(self, hours: Hours, duration: timedelta) -> int:
        marks = bytearray(b"0") * len(self.seconds)
        length = int(duration.total_seconds())
        # Two dates on, because where a zone skips a date the next one begins at once.
        for start, end in open_spans(hours, self.first - _DAY, self.last + duration + 2 * _DAY):
            low = bisect_left(self.seconds, start)
            high = bisect_right(self.seconds, end - length, low)
            marks[low:high] = b"1" * (high - low)
        return _mask(marks)


@lru_cache(maxsize=64)
def grid_of(zone: str, first: date, last: date, interval: timedelta) -> Grid:
    """Kept, because everybody who looks at a month asks for the same one."""
    step, parts = int(interval.total_seconds()), stretches(zone, first, last)
    starts = sorted(
        at
        for on in dates(first, last)
        for part in parts
        for at in range(local_seconds(on) - part.offset, local_seconds(on + _DAY) - part.offset, step)
        if part.start <= at < part.end
    )
    return Grid(first, last, [datetime.fromtimestamp(at, UTC) for at in starts], starts, (1 << len(starts)) - 1)


def _mask(marks: bytearray) -> int:
    return int(b"0" + marks, 2)  # a date that a zone skips has no marks


def _barred(spans: Sequence[Pair[int]], room: Room) -> Iterator[Pair[int]]:
    """Spans between which there is no room become one; each is widened to the starts that it bars."""
    if not spans:
        return
    before, after = room
    start, end = spans[0]
    for next_start, next_end in spans:
        if next_start - end >= before + after:
            yield start - after + 1, end + before
            start, end = next_start, next_end
        elif next_end > end:
            end = next_end
    yield start - after + 1, end + before
