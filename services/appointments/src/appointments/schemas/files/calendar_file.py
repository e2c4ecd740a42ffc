"""Reading a calendar that somebody else has written: the times it keeps, in bounded time, whatever is in it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from appointments.schemas.files.recurrence import Budget, Recurrence, TooMuch
from appointments.schemas.files.table import Line, refused, text_of
from appointments.use_cases.series.wall_time import instant_of, wall_of
from contracts.imports import RowProblem
from contracts.wire import rfc3339
from plumbing.schemas import LAST_YEAR
from scheduling.hours import is_zone

AHEAD = timedelta(days=731)
MOST_EVENTS = 1_000
_MOST_LINES = 50_000
_LONGEST_REASON = 500
_FIRST_YEAR = 1970
# Under its own name the library would look for the zone itself, with all the clocks that strangers invent.
_ZONE = re.compile(r"^((?:DTSTART|DTEND|EXDATE|RDATE|RECURRENCE-ID)\b[^:\r\n]*?;)TZID=", re.IGNORECASE | re.MULTILINE)
_OUR_ZONE = "X-ZONE"
_FOLD = re.compile(r"\r\n[ \t]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Found:
    """A time in the calendar, or why one is left out; `uid` tells it from all others, if the file says so."""

    line: Line
    uid: str | None = None
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class _Wall:
    """A time by the clock of a zone."""

    at: datetime
    zone: str
    is_day: bool = False

    @property
    def instant(self) -> datetime:
        """When that is."""
        return instant_of(self.at, self.zone)


def is_calendar(data: bytes) -> bool:
    """Whether a file is a calendar and no table."""
    return (
        data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")[:60]
        .replace(b"\x00", b"")
        .upper()
        .startswith(b"BEGIN:VCALENDAR")
    )


def read_calendar(data: bytes, zone: str, today: datetime) -> list[Found]:
    """What ends after `today` and begins within two years of it, by line. Raises Invalid for a hostile or broken file.

    Days, and times without a zone, are by the clock of `zone`.
    """
    numbers, text = _only_events(text_of(data))
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
    except (ValueError, KeyError, IndexError) as error:
        raise refused("cannot be read as a calendar (RFC 5545)") from error
    if not events:
        raise refused("has no events")
    try:
        found = list(_Reader(zone, today, events).read(numbers))
    except TooMuch as error:
        raise refused("repeats its events far too often") from error
    if sum(one.left_out is None for one in found) > MOST_EVENTS:
        raise refused(f"has more than {MOST_EVENTS} events in the next two years")
    return found


class _Reader:
    def __init__(self, zone: str, today: datetime, events: Sequence[Any]) -> None:
        self._zone = zone
        self._today = today
        self._events = events
        self._budget = Budget()
        self._moved: defaultdict[str, set[datetime]] = defaultdict(set)

    def read(self, numbers: Sequence[int]) -> Iterator[Found]:
        """All times. One more than there may be is enough to know."""
        self._find_moved()
        count = 0
        for number, event in zip(numbers, self._events, strict=True):
            for found in self._times_of(number, event):
                yield found
                count += found.left_out is None
                if count > MOST_EVENTS:
                    return

    def _find_moved(self) -> None:
        """Which occurrences of which event have an event of their own."""
        for event in self._events:
            if "RECURRENCE-ID" not in event:
                continue
            try:
                self._moved[_uid(event) or ""].add(self._wall(event.get("RECURRENCE-ID")).instant)
            except ValueError:
                continue  # said when the event itself is read

    def _times_of(self, number: int, event: Any) -> Iterator[Found]:
        uid = _uid(event)
        try:
            if str(event.get("STATUS", "")).upper() == "CANCELLED":
                yield Found(Line(number, {}), uid, "is cancelled")
                return
            start, end = self._wall(event.get("DTSTART")), self._end(event)
            if "RECURRENCE-ID" in event:
                own = self._wall(event.get("RECURRENCE-ID")).instant
                yield self._one(number, event, start, end, uid and f"{uid}#{rfc3339(own)}")
            elif "RRULE" in event or "RDATE" in event:
                yield from self._all(number, event, start, end)
            else:
                yield self._one(number, event, start, end, uid)
        except ValueError as error:
            yield Found(Line(number, {}, [RowProblem(column=None, detail=str(error))]), uid)

    def _all(self, number: int, event: Any, start: _Wall, end: _Wall) -> Iterator[Found]:
        """Every occurrence by the clock of its start, but for those that are left out or moved."""
        uid, length = _uid(event), end.at - start.at
        gone = {self._wall(one).instant for one in self._listed(event, "EXDATE")} | self._moved[uid or ""]
        for wall in sorted({*self._repeated(event, start, length), *self._added(event, start)}):
            begins = _Wall(wall, start.zone)
            if begins.instant in gone:
                continue
            found = self._one(
                number, event, begins, _Wall(wall + length, start.zone), uid and f"{uid}#{rfc3339(begins.instant)}"
            )
            if found.left_out is None:
                yield found

    def _repeated(self, event: Any, start: _Wall, length: timedelta) -> Iterator[datetime]:
        rule = event.get("RRULE")
        yield start.at
        if rule is None:
            return
        if isinstance(rule, list):
            raise ValueError("has several rules")
        recurrence = Recurrence.parse(rule.to_ical().decode())
        since = wall_of(self._today, start.zone) - length - timedelta(days=1)
        last, until = wall_of(self._today + AHEAD, start.zone), _until(recurrence, start)
        for on in recurrence.dates(start.at.date(), since.date(), last.date(), self._budget):
            wall = datetime.combine(on, start.at.time())
            if until is not None and wall > until:
                return
            yield wall

    def _added(self, event: Any, start: _Wall) -> Iterator[datetime]:
        for one in self._listed(event, "RDATE"):
            yield wall_of(self._wall(one).instant, start.zone)

    def _one(self, number: int, event: Any, start: _Wall, end: _Wall, uid: str | None) -> Found:
        begins, ends = start.instant, end.instant
        if begins >= ends:
            return Found(Line(number, {}), uid, "takes no time")
        if ends <= self._today:
            return Found(Line(number, {}), uid, "is over")
        if begins > self._today + AHEAD:
            return Found(Line(number, {}), uid, "is more than two years ahead")
        reason = " ".join(str(event.get("SUMMARY", "")).replace("\x00", "").split())[:_LONGEST_REASON]
        return Found(Line(number, {"start": rfc3339(begins), "end": rfc3339(ends), "reason": reason}), uid)

    def _end(self, event: Any) -> _Wall:
        """From DTEND, or DURATION, or all of the day."""
        start = self._wall(event.get("DTSTART"))
        if "DTEND" in event:
            end = self._wall(event.get("DTEND"))
            return end if end.zone == start.zone else _Wall(wall_of(end.instant, start.zone), start.zone)
        length = getattr(event.get("DURATION"), "dt", timedelta(days=1) if start.is_day else timedelta())
        if not isinstance(length, timedelta) or not timedelta() <= length <= AHEAD * 3:
            raise ValueError("has a length that makes no sense")
        return _Wall(start.at + length, start.zone)

    def _wall(self, value: Any) -> _Wall:
        """A time as the file has it. Raises ValueError."""
        at = getattr(value, "dt", None)
        if isinstance(at, date) and not _FIRST_YEAR <= at.year <= LAST_YEAR:
            raise ValueError(f"is not in the years {_FIRST_YEAR} to {LAST_YEAR}")
        if isinstance(at, datetime):
            if at.tzinfo is not None:
                return _Wall(at.astimezone(UTC).replace(tzinfo=None), "UTC")
            return _Wall(at, self._zone_of(value))
        if isinstance(at, date):
            return _Wall(datetime.combine(at, _MIDNIGHT), self._zone, is_day=True)
        raise ValueError("has a time that cannot be read")

    def _listed(self, event: Any, name: str) -> Iterator["_Zoned"]:
        """All times of a property that may be there several times, each with its zone."""
        properties = event.get(name, [])
        for prop in properties if isinstance(properties, list) else [properties]:
            for one in getattr(prop, "dts", []):
                self._budget.spend()
                yield _Zoned(one, prop.params)

    def _zone_of(self, value: Any) -> str:
        """The zone that is named: as the tz database calls it, or Windows, or behind a prefix; else our own."""
        name = str(value.params.get(_OUR_ZONE, "")).strip('"')
        if not name:
            return self._zone
        parts = name.split("/")
        names = [name, WINDOWS_TO_OLSON.get(name, ""), *("/".join(parts[-count:]) for count in (2, 3))]
        found = next((one for one in names if is_zone(one)), None)
        if found is None:
            raise ValueError(f"is in a time zone that is not known: {name[:60]}")
        return found


def _only_events(text: str) -> tuple[list[int], str]:
    """The lines on which events begin, and a calendar that holds them alone.

    The rest is not looked at: clocks are read from the tz database, and alarms do not matter.
    """
    lines = _LINE_END.split(text)
    if len(lines) > _MOST_LINES:
        raise refused(f"has more than {_MOST_LINES} lines")
    numbers: list[int] = []
    kept: list[str] = []
    within: list[str] = []
    for number, line in enumerate(lines, start=1):
        word = (
            "" if line[:1].isspace() else line.strip().upper()
        )  # what begins with a space goes on with the line before
        if word.startswith("BEGIN:"):
            within.append(word.removeprefix("BEGIN:"))
            numbers += [number] if within == ["VCALENDAR", "VEVENT"] else []
        if within == ["VCALENDAR", "VEVENT"] and line.strip():
            kept.append(line)
        if word.startswith("END:") and (not within or within.pop() != word.removeprefix("END:")):
            raise refused(f"cannot be read as a calendar (RFC 5545): line {number} ends what has not begun")
    if within:
        raise refused("cannot be read as a calendar (RFC 5545): it ends in the middle")
    only = "\r\n".join(["BEGIN:VCALENDAR", *kept, "END:VCALENDAR", ""])
    return numbers, _ZONE.sub(rf"\1{_OUR_ZONE}=", _FOLD.sub("", only))


def _until(recurrence: Recurrence, start: _Wall) -> datetime | None:
    """The last wall time that an occurrence may have: all of the day of a date."""
    text = recurrence.until
    if text is None:
        return None
    try:
        day = datetime.strptime(text[:8], "%Y%m%d")  # noqa: DTZ007  # a wall time
        at = time.fromisoformat(text[9:15]) if len(text) > 8 else time.max
    except ValueError as error:
        raise ValueError("has a rule whose end does not exist") from error
    if not _FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    wall = datetime.combine(day, at)
    return wall_of(wall.replace(tzinfo=UTC), start.zone) if text.endswith("Z") else wall


class _Zoned:
    """A time of a list, with the zone that the list has."""

    def __init__(self, value: Any, params: Mapping[str, Any]) -> None:
        self.dt = value.dt[0] if isinstance(value.dt, tuple) else value.dt
        self.params = params


def _uid(event: Any) -> str | None:
    return str(event.get("UID", "")).strip()[:500] or None
