"""Times that are agreed already, when hours or time off change: rules 2 and 3 for many of them at once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scheduling.hours import Hours, local_date, read_spans
from scheduling.intervals import Interval, Pair, merge, seconds_of
from scheduling.time_off import TimeOff

_DAY = timedelta(days=1)
_APART = timedelta(days=60)
"""Dates between times that are further apart are not looked at."""


def outside_hours(hours: Hours, times: Sequence[Interval]) -> list[Interval]:
    """Those of `times` that do not lie inside the hours, ascending; the same answer as rule 2 gives of each."""
    found: list[Interval] = []
    for run in _runs(sorted(times)):
        first, last = _dates(hours.zone, run)
        spans = read_spans(hours, first - _DAY, last + _DAY)
        found += [time for time in run if not _inside(spans, seconds_of(time))]
    return found


def in_time_off(off: TimeOff, times: Sequence[Interval]) -> list[Interval]:
    """Those of `times` that overlap time off, ascending; the same answer as rule 3 gives of each."""
    found: list[Interval] = []
    for run in _runs(sorted(times)):
        pieces = merge(off.within(Interval(run[0].start, max(time.end for time in run))))
        starts = [piece.start for piece in pieces]
        for time in run:
            at = bisect_right(starts, time.start)
            found += [time] if any(piece.overlaps(time) for piece in pieces[max(0, at - 1) : at + 1]) else []
    return found


def _runs(times: Sequence[Interval]) -> Iterator[list[Interval]]:
    run: list[Interval] = []
    for time in times:
        if run and time.start - run[-1].start > _APART:
            yield run
            run = []
        run.append(time)
    if run:
        yield run


def _dates(zone: str, run: Sequence[Interval]) -> Pair[date]:
    return local_date(run[0].start, zone), local_date(max(time.end for time in run), zone)


def _inside(spans: Sequence[Pair[int]], time: Pair[int]) -> bool:
    at = bisect_right(spans, time[0], key=lambda span: span[0])
    return at > 0 and time[1] <= spans[at - 1][1]
