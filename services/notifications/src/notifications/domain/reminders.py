"""When a reminder is due: so long before, but not in the quiet hours, and never at or after the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notifications.domain.preferences import DAY, QuietHours
from scheduling.hours import instant_at, local_time, parse_local_time

LEAST_AHEAD = timedelta(minutes=15)
"""A reminder that comes later than this reminds nobody."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder of an appointment that begins at `start`: so many minutes before, moved out of the quiet hours."""

    offset_minutes: int
    start: datetime
    due_at: datetime


def plan(
    start: datetime, offsets: Sequence[int], *, quiet: QuietHours | None, zone: str, now: datetime
) -> list[Planned]:
    """The reminders that are still to come; of two that would come at the same moment the one with the smaller offset.

    One whose moment has passed is left out: whoever books two hours ahead has just been told.
    """
    due: dict[datetime, int] = {}
    for offset in sorted(set(offsets), reverse=True):
        at = _outside(quiet, _before(start, offset, zone), start, zone)
        if now < at <= start - LEAST_AHEAD:
            due[at] = offset
    return [Planned(offset, start, at) for at, offset in sorted(due.items())]


def _before(start: datetime, offset: int, zone: str) -> datetime:
    """Whole days by the calendar: a reminder keeps its time of day where the clocks change. Else by the clock."""
    days, rest = divmod(offset, DAY)
    if rest or not days:
        return start - timedelta(minutes=offset)
    wall = local_time(start, zone)
    return instant_at(wall.date() - timedelta(days=days), wall.hour * 60 + wall.minute, zone)


def _outside(quiet: QuietHours | None, at: datetime, start: datetime, zone: str) -> datetime:
    """The same, or the end of the quiet hours if that is well before the start, or else their beginning."""
    if quiet is None:
        return at
    begins, ends = parse_local_time(quiet.start), parse_local_time(quiet.end)
    wall = local_time(at, zone)
    minute, on = wall.hour * 60 + wall.minute, wall.date()
    if begins < ends:
        if not begins <= minute < ends:
            return at
        first, last = on, on
    elif minute >= begins:
        first, last = on, on + timedelta(days=1)
    elif minute < ends:
        first, last = on - timedelta(days=1), on
    else:
        return at
    return _nearest(_bounds(first, begins, last, ends, zone), start)


def _bounds(first: date, begins: int, last: date, ends: int, zone: str) -> tuple[datetime, datetime]:
    return instant_at(first, begins, zone), instant_at(last, ends, zone)


def _nearest(quiet: tuple[datetime, datetime], start: datetime) -> datetime:
    begin, end = quiet
    return end if end <= start - LEAST_AHEAD else begin - timedelta(minutes=1)
