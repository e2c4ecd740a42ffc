"""From the hours a person wrote down to open intervals of UTC: the only place that knows zones and DST."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from scheduling.intervals import Interval, Pair, merge_pairs, subtract

MINUTES_OF_DAY = 1440
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Dates outside are refused: near datetime's own bounds a day has no neighbours, and whole seconds as
floats hold every microsecond only until 2242."""

_DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
# Two changes of offset within one probe would be missed; the closest two since 1900 are a week apart.
_PROBE = _DAY
# Names that are files of the tz database and no zones: this machine's own one, and "not set up yet".
_NO_ZONES = frozenset({"localtime", "Factory"})
_LOCAL_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Block:
    """One line of weekly hours, in minutes of the local day. ValueError when it is empty or out of range."""

    day_of_week: int  # ISO, Monday = 1
    start: int
    end: int  # 1440 = the next local midnight
    valid_from: date | None = None
    valid_to: date | None = None  # inclusive

    def __post_init__(self) -> None:
        if not 1 <= self.day_of_week <= 7:
            raise ValueError(f"a day of the week is 1 to 7: {self.day_of_week}")
        _check_minutes(self.start, self.end)
        if self.valid_from and self.valid_to:
            _check_dates(self.valid_from, self.valid_to)

    @property
    def is_dated(self) -> bool:
        return self.valid_from is not None or self.valid_to is not None

    def holds_on(self, on: date) -> bool:
        return (
            self.day_of_week == on.isoweekday()
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_to is None or on <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class DayBlock:
    """Hours within one date of an override, in minutes of the local day."""

    start: int
    end: int

    def __post_init__(self) -> None:
        _check_minutes(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Override:
    """Other hours on one local date, instead of that date's weekly ones; no blocks = not working."""

    on: date
    blocks: tuple[DayBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """Local dates, both inclusive, on which the whole business is closed; beats overrides."""

    start: date
    end: date

    def __post_init__(self) -> None:
        _check_dates(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Season:
    """Weekly blocks that replace the undated ones from `start` to `end`, both inclusive."""

    start: date
    end: date
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        _check_dates(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Hours:
    """All written-down hours of one staff member. Where two seasons or overrides meet, both count."""

    zone: str
    blocks: tuple[Block, ...] = ()
    seasons: tuple[Season, ...] = ()
    overrides: tuple[Override, ...] = ()
    closures: tuple[Closure, ...] = ()


class Stretch(NamedTuple):
    """Seconds since the epoch, half-open, during which a zone keeps one offset (seconds east of UTC)."""

    start: int
    end: int
    offset: int


def open_intervals(hours: Hours, first: date, last: date) -> list[Interval]:
    """The hours of the local dates `first` to `last`, both inclusive: merged, ascending, time off not yet taken out.

    A block covers the hull of the instants whose local time lies inside it (scheduling.md), so it is shorter
    or longer on a night that the clocks change, and nothing on a date that the zone skips.
    """
    return [Interval(_instant(start), _instant(end)) for start, end in open_spans(hours, first, last)]


def open_time(hours: Hours, time_off: Sequence[Interval], first: date, last: date) -> list[Interval]:
    """`open_intervals` without the time off."""
    return subtract(open_intervals(hours, first, last), time_off)


@lru_cache(maxsize=4096)
def open_spans(hours: Hours, first: date, last: date) -> tuple[Pair[int], ...]:
    """`open_intervals` in seconds since the epoch. Kept, because staff keep their hours from call to call."""
    return tuple(read_spans(hours, first, last))


def read_spans(hours: Hours, first: date, last: date) -> list[Pair[int]]:
    """`open_spans`, not kept: for dates that nobody asks about twice."""
    return merge_pairs(_spans(hours, stretches(hours.zone, first, last), first, last))


def local_date(instant: datetime, zone: str) -> date:
    """The date that a clock in the zone shows."""
    return local_time(instant, zone).date()


def local_time(instant: datetime, zone: str) -> datetime:
    """The wall clock at this instant. ValueError when the instant is naive."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant must be aware: {instant!r}")
    return instant.astimezone(ZoneInfo(zone))


def instant_at(on: date, minute: int, zone: str) -> datetime:
    """The instant a person means by this minute (0 to 1439) of the local day.

    In a gap the clock is moved forward by the gap; of a time that happens twice it is the first.
    """
    wall = datetime.combine(on, time(minute // 60, minute % 60))
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_bounds(on: date, zone: str) -> Interval:
    """The hull of the instants of one local date. ValueError when the zone skips that date."""
    midnight = local_seconds(on)
    span = hull(stretches(zone, on, on), midnight, midnight + _DAY)
    if span is None:
        raise ValueError(f"{on} does not exist in {zone}")
    return Interval(_instant(span[0]), _instant(span[1]))


def is_zone(name: str) -> bool:
    """Whether the tz database has a zone of exactly this name, such as `Asia/Dubai`."""
    return name in _zone_names()


def parse_local_time(text: str, *, end: bool = False) -> int:
    """`HH:MM` as a minute of the day; `24:00` only as an end. ValueError for anything else."""
    if end and text == "24:00":
        return MINUTES_OF_DAY
    found = _LOCAL_TIME.fullmatch(text)
    if found is None:
        raise ValueError(f"not a local time HH:MM: {text!r}")
    return int(found[1]) * 60 + int(found[2])


def format_local_time(minute: int) -> str:
    """The other way round: 0 to 1440 as `00:00` to `24:00`."""
    if not 0 <= minute <= MINUTES_OF_DAY:
        raise ValueError(f"not a minute of the day: {minute}")
    return f"{minute // 60:02}:{minute % 60:02}"


def dates(first: date, last: date) -> Iterator[date]:
    """From the first to the last, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def local_seconds(on: date) -> int:
    """Local midnight as seconds since 1970-01-01T00:00 *local* time: what minus the offset is UTC."""
    return (on.toordinal() - _EPOCH) * _DAY


@lru_cache(maxsize=1024)
def stretches(zone: str, first: date, last: date) -> tuple[Stretch, ...]:
    """Ascending, without holes, and at least as wide as all instants of the local dates `first` to `last`."""
    if first < EARLIEST or last > LATEST:
        raise ValueError(f"dates must lie between {EARLIEST} and {LATEST}: {first} … {last}")
    start, end = local_seconds(first) - _DAY, local_seconds(last) + 2 * _DAY
    years = range(_instant(start).year, _instant(end).year + 1)
    changes = (at for year in years for at in _changes(zone, year) if start < at < end)
    return tuple(Stretch(a, b, _offset(zone, a)) for a, b in pairwise([start, *changes, end]))


def hull(parts: Sequence[Stretch], low: int, high: int) -> Pair[int] | None:
    """The hull of the instants whose local time lies in `[low, high)`; None when the clock never shows any of it.

    Local times as `local_seconds`, instants in seconds since the epoch; `parts` as wide as the result.
    """
    pieces = [(max(part.start, low - part.offset), min(part.end, high - part.offset)) for part in parts]
    real = [piece for piece in pieces if piece[0] < piece[1]]
    return (real[0][0], real[-1][1]) if real else None


def _spans(hours: Hours, parts: Sequence[Stretch], first: date, last: date) -> Iterator[Pair[int]]:
    overrides: dict[date, list[Override]] = {}
    for override in hours.overrides:
        overrides.setdefault(override.on, []).append(override)
    for on in dates(first, last):
        midnight = local_seconds(on)
        for block in _blocks_on(hours, on, overrides.get(on)):
            if span := hull(parts, midnight + block.start * 60, midnight + block.end * 60):
                yield span


def _blocks_on(hours: Hours, on: date, overrides: Sequence[Override] | None) -> Iterable[Block | DayBlock]:
    if any(closure.start <= on <= closure.end for closure in hours.closures):
        return ()
    if overrides:
        return [block for override in overrides for block in override.blocks]
    return [block for block in _weekly_blocks(hours, on) if block.holds_on(on)]


def _weekly_blocks(hours: Hours, on: date) -> Iterable[Block]:
    seasons = [season for season in hours.seasons if season.start <= on <= season.end]
    if not seasons:
        return hours.blocks
    dated = [block for block in hours.blocks if block.is_dated]
    return dated + [block for season in seasons for block in season.blocks]


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[int, ...]:
    """The instants of a UTC year, its first excluded and the next year's first included, that begin another offset."""
    start, end = local_seconds(date(year, 1, 1)), local_seconds(date(year + 1, 1, 1))
    probes = [(at, _offset(zone, at)) for at in range(start, end + 1, _PROBE)]
    return tuple(_first_change(zone, a[0], b[0]) for a, b in pairwise(probes) if a[1] != b[1])


def _first_change(zone: str, before: int, after: int) -> int:
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _offset(zone: str, at: int) -> int:
    offset = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_ZONES)


def _check_minutes(start: int, end: int) -> None:
    if not 0 <= start < end <= MINUTES_OF_DAY:
        raise ValueError(f"a block must start before it ends, within 0 to 1440 minutes: {start} … {end}")


def _check_dates(start: date, end: date) -> None:
    if start > end:
        raise ValueError(f"a range of dates must not end before it starts: {start} … {end}")
