"""When one staff member does not work."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from contracts.availability import TimeOffDetails, Weekly
from contracts.ids import BusinessId
from contracts.wire import Instant, Wire
from plumbing.problems import Invalid
from scheduling.intervals import Interval
from scheduling.time_off import WEEK

LONGEST = timedelta(days=1_830)
"""Five years: leave that is longer is somebody who has left."""


class TimeOff(TimeOffDetails):
    """Time off, with what changes with every edit."""

    business_id: BusinessId
    created_at: Instant
    updated_at: Instant
    revision: int

    @property
    def during(self) -> Interval:
        """The time, or the first of those of every week."""
        return Interval(self.start, self.end)


class Occurrence(Wire):
    """One of the times."""

    start: Instant
    end: Instant


class TimeOffShown(TimeOff):
    """Time off, and when it is within the range that was asked for."""

    occurrences: list[Occurrence]


def refuse_wrong_times(off: TimeOff, zone: str) -> None:
    """Raise Invalid when it ends before it starts, is too long, or its last week is before its first."""
    if off.end <= off.start:
        raise Invalid.at("/end", "must be after the start")
    if off.weekly is None:
        if off.end - off.start > LONGEST:
            raise Invalid.at("/end", f"is more than {LONGEST.days} days after the start")
        return
    if off.end - off.start > WEEK:
        raise Invalid.at("/end", "is more than a week after the start of what comes every week")
    _refuse_wrong_end(off, off.weekly, zone)


def _refuse_wrong_end(off: TimeOff, weekly: Weekly, zone: str) -> None:
    first: date = off.start.astimezone(ZoneInfo(zone)).date()
    if weekly.until is not None and weekly.until < first:
        raise Invalid.at("/weekly/until", f"is before the first date: {first}")
