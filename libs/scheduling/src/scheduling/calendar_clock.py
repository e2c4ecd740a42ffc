"""The clock of a zone as calendars write it (RFC 5545): each change as it really is, no time that is shown twice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling.hours import local_time, stretches


def calendar_zone(zone: str, *instants: datetime) -> ZoneInfo:
    """The zone to write these in: UTC if its clock shows one of them for the second time, as readers take the first."""
    is_shown_again = any(local_time(instant, zone).fold for instant in instants)
    return ZoneInfo("UTC" if is_shown_again else zone)


def vtimezone(zone: str, first: date, last: date) -> str:
    """The clock from one local date to another, both inclusive, as a VTIMEZONE (3.6.5); "" for UTC, which needs none.

    What it shows at first, and each change: at which time by the offset before it.
    """
    if zone == "UTC":
        return ""
    parts = stretches(zone, first, last)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    before = parts[0].offset
    for part in parts:
        lines += _observance(zone, datetime.fromtimestamp(part.start, UTC), before, part.offset)
        before = part.offset
    return "".join(f"{line}\r\n" for line in [*lines, "END:VTIMEZONE"])


def _observance(zone: str, onset: datetime, before: int, after: int) -> Sequence[str]:
    wall = onset.astimezone(ZoneInfo(zone))
    kind = "DAYLIGHT" if wall.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset + timedelta(seconds=before):%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"TZNAME:{wall.tzname() or zone}",
        f"END:{kind}",
    ]


def _offset(seconds: int) -> str:
    sign, rest = ("-" if seconds < 0 else "+"), abs(seconds)
    text = f"{sign}{rest // 3600:02}{rest // 60 % 60:02}"
    return f"{text}{rest % 60:02}" if rest % 60 else text
