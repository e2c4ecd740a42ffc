"""Between the instants of appointments and the wall clock by which a series repeats."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from plumbing.schemas import FIRST_YEAR, LAST_YEAR
from scheduling.hours import local_time, stretches


def wall_of(instant: datetime, zone: str) -> datetime:
    """What a clock in the zone shows, without a zone."""
    return local_time(instant, zone).replace(tzinfo=None)


def instant_of(wall: datetime, zone: str) -> datetime:
    """When a clock in the zone shows this, by scheduling.md's rule for a start.

    Of a time that happens twice the first, and for one that does not exist the first instant after the gap.
    """
    instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if wall_of(instant, zone) == wall:
        return instant
    at, on = instant.timestamp(), wall.date()
    return next(
        datetime.fromtimestamp(part.start, UTC) for part in stretches(zone, on, on) if part.start <= at < part.end
    )


def shifted(instant: datetime, by: timedelta, zone: str) -> datetime:
    """The instant at which a clock in the zone shows so much more: ten o'clock plus a day is ten o'clock, always.

    ValueError when that is out of the years in which appointments can be.
    """
    if not by:
        return instant
    wall = wall_of(instant, zone) + by
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise ValueError(f"not in the years {FIRST_YEAR} to {LAST_YEAR}")
    return instant_of(wall, zone)
