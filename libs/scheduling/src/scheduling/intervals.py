"""Half-open intervals of UTC time and their algebra."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_FOR_CEILING = _EPOCH - timedelta(microseconds=999_999)


class Ordered(Protocol):
    """A point on a line: an instant, or seconds since the epoch."""

    def __lt__(self, other: Any, /) -> bool: ...


type Pair[T] = tuple[T, T]
"""A start and an end, half-open: what the algebra below works on."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """`[start, end)` in UTC: 10:00–11:00 and 11:00–12:00 touch and do not overlap.

    Raises ValueError when a bound is naive or not in UTC, or when start is not before end.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            object.__setattr__(self, "start", _in_utc(self.start))
            object.__setattr__(self, "end", _in_utc(self.end))
        if self.start >= self.end:
            raise ValueError(f"an interval must start before it ends: {self.start} … {self.end}")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Interval") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Interval") -> bool:
        return self.start <= other.start and other.end <= self.end

    def expand(self, before: timedelta, after: timedelta) -> "Interval":
        """The interval with `before` added in front and `after` behind: an appointment's buffered window."""
        return Interval(self.start - before, self.end + after)


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same instants as the fewest intervals, ascending; those that touch become one."""
    return _intervals(merge_pairs(_pairs(intervals)))


def subtract(a: Iterable[Interval], b: Iterable[Interval]) -> list[Interval]:
    """The instants of `a` that are not in `b`, merged and ascending."""
    return _intervals(_subtract_pairs(merge_pairs(_pairs(a)), merge_pairs(_pairs(b))))


def intersect(a: Iterable[Interval], b: Iterable[Interval]) -> list[Interval]:
    """The instants that are in both, merged and ascending."""
    return _intervals(_intersect_pairs(merge_pairs(_pairs(a)), merge_pairs(_pairs(b))))


def merge_pairs[T: Ordered](pairs: Iterable[Pair[T]]) -> list[Pair[T]]:
    """`merge` for bare pairs, so that the hot path can use whole seconds."""
    merged: list[Pair[T]] = []
    for start, end in sorted(pairs):
        if not merged or merged[-1][1] < start:
            merged.append((start, end))
        elif merged[-1][1] < end:
            merged[-1] = (merged[-1][0], end)
    return merged


def seconds_of(interval: Interval) -> Pair[int]:
    """The interval in seconds since the epoch, rounded outwards to whole ones."""
    start, end = interval.start - _EPOCH, interval.end - _EPOCH_FOR_CEILING
    return start.days * 86_400 + start.seconds, end.days * 86_400 + end.seconds


def _subtract_pairs[T: Ordered](a: list[Pair[T]], b: list[Pair[T]]) -> list[Pair[T]]:
    return _intersect_pairs(a, _gaps(a[0][0], a[-1][1], b)) if a else []


def _gaps[T: Ordered](first: T, last: T, taken: list[Pair[T]]) -> list[Pair[T]]:
    starts = [first, *(end for _, end in taken)]
    ends = [*(start for start, _ in taken), last]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _intersect_pairs[T: Ordered](a: list[Pair[T]], b: list[Pair[T]]) -> list[Pair[T]]:
    common: list[Pair[T]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start = b[j][0] if a[i][0] < b[j][0] else a[i][0]
        end = a[i][1] if a[i][1] < b[j][1] else b[j][1]
        if start < end:
            common.append((start, end))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return common


def _pairs(intervals: Iterable[Interval]) -> Iterable[Pair[datetime]]:
    return ((interval.start, interval.end) for interval in intervals)


def _intervals(pairs: Iterable[Pair[datetime]]) -> list[Interval]:
    return [Interval(start, end) for start, end in pairs]


def _in_utc(instant: datetime) -> datetime:
    if instant.utcoffset() != timedelta():
        raise ValueError(f"an instant must be aware and in UTC: {instant!r}")
    return instant.astimezone(UTC)  # a parser's own zero-offset zone becomes the standard one
