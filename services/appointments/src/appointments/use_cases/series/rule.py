"""The rule of a series: the part of RFC 5545 that says on which days, and the wall times that it gives."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil import rrule as calendar

from appointments.use_cases.series.wall_time import wall_of
from plumbing.schemas import FIRST_YEAR, LAST_YEAR

MOST_OCCURRENCES = 104
"""Two years of weeks."""

FURTHEST = timedelta(days=366 * 20)
"""No occurrence is later after the first: a rule that never comes true is not looked for to the end of time."""

_LAST = datetime(LAST_YEAR, 12, 30)  # noqa: DTZ001  # a wall time

# For a rule that never comes true the library looks through every day until the year 9999, which takes seconds. So it
# is asked about the same days so much later, when the end is near: the calendar repeats every 400 years, with weekdays.
_YEARS_LATER = 19 * 400

_FREQUENCIES = {
    "DAILY": calendar.DAILY,
    "WEEKLY": calendar.WEEKLY,
    "MONTHLY": calendar.MONTHLY,
    "YEARLY": calendar.YEARLY,
}
_WEEKDAYS = {
    "MO": calendar.MO,
    "TU": calendar.TU,
    "WE": calendar.WE,
    "TH": calendar.TH,
    "FR": calendar.FR,
    "SA": calendar.SA,
    "SU": calendar.SU,
}
_LIMITS = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_ONLY_WITH: Mapping[str, frozenset[str]] = {
    "BYMONTHDAY": frozenset({"DAILY", "MONTHLY", "YEARLY"}),
    "BYYEARDAY": frozenset({"YEARLY"}),
    "BYWEEKNO": frozenset({"YEARLY"}),
}
_TIME_OF_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_NAMES = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LIMITS}
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule that was understood: it ends, and speaks of days only."""

    text: str
    keywords: Mapping[str, Any]
    count: int | None
    until: str | None

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Understand `FREQ=WEEKLY;BYDAY=MO;COUNT=10`, with or without `RRULE:`. ValueError, in words, otherwise."""
        parts = _parts(text)
        keywords: dict[str, Any] = {"freq": _FREQUENCIES[parts["FREQ"]]}
        for name in parts.keys() & _PARSERS.keys():
            keyword, parse = _PARSERS[name]
            keywords[keyword] = parse(name, parts[name])
        count = _number("COUNT", parts["COUNT"], 1, MOST_OCCURRENCES) if "COUNT" in parts else None
        return cls(";".join(f"{name}={value}" for name, value in parts.items()), keywords, count, parts.get("UNTIL"))

    def walls(self, first: datetime, zone: str) -> list[datetime]:
        """The wall times of all occurrences, of which `first` must be one. ValueError, in words, when it cannot be."""
        found = list(islice(self._days(first, _end(self.until, first, zone)), (self.count or MOST_OCCURRENCES) + 1))
        if not found or found[0] != first:
            raise ValueError("does not have the start as its first occurrence")
        if self.count is not None and len(found) < self.count:
            raise ValueError(f"does not come to {self.count} occurrences within twenty years")
        if self.count is None and len(found) > MOST_OCCURRENCES:
            raise ValueError(f"has more than {MOST_OCCURRENCES} occurrences")
        return found[: self.count]

    def _days(self, first: datetime, end: datetime) -> Iterator[datetime]:
        """The library counts in whole seconds, and looks for the next day until the end of its time."""
        rest = timedelta(microseconds=first.microsecond)
        for wall in calendar.rrule(dtstart=_later(first - rest), until=_later(end), **self.keywords):
            yield wall.replace(year=wall.year - _YEARS_LATER) + rest


def _later(wall: datetime) -> datetime:
    return wall.replace(year=wall.year + _YEARS_LATER)


def _parts(text: str) -> dict[str, str]:
    """Name to value, in the order written. ValueError unless all of them may be said together."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if name in _TIME_OF_DAY:
            raise ValueError(f"must not say {name}: the time of day is that of the start")
        if not equals or not value or name not in _NAMES:
            raise ValueError("is not a recurrence rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO;COUNT=10")
        if name in parts:
            raise ValueError(f"says {name} twice")
        parts[name] = value
    _check_together(parts)
    return parts


def _check_together(parts: Mapping[str, str]) -> None:
    frequency = parts.get("FREQ")
    if frequency not in _FREQUENCIES:
        raise ValueError("must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY")
    if len(parts.keys() & {"COUNT", "UNTIL"}) != 1:
        raise ValueError("must end, by either COUNT or UNTIL")
    for name in parts.keys() & _ONLY_WITH.keys():
        if frequency not in _ONLY_WITH[name]:
            raise ValueError(f"cannot say {name} when it is {frequency}")
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        raise ValueError("cannot say BYSETPOS without another BY…")
    if "BYWEEKNO" in parts and "BYDAY" not in parts:
        raise ValueError("cannot say BYWEEKNO without BYDAY")
    has_ordinals = any(character.isdigit() for character in parts.get("BYDAY", ""))
    if has_ordinals and (frequency in {"DAILY", "WEEKLY"} or "BYWEEKNO" in parts):
        raise ValueError("cannot number the weekdays of BYDAY unless it is MONTHLY, or YEARLY without BYWEEKNO")


def _number(name: str, value: str, least: int, most: int) -> int:
    number = int(value) if _NUMBER.fullmatch(value) else least - 1
    if not least <= number <= most:
        raise ValueError(f"must have a {name} from {least} to {most}")
    return number


def _interval(name: str, value: str) -> int:
    return _number(name, value, 1, 1000)


def _numbers(name: str, value: str) -> list[int]:
    most = _LIMITS[name]
    numbers = [_number(name, part, 1 if name == "BYMONTH" else -most, most) for part in value.split(",")]
    if 0 in numbers:
        raise ValueError(f"must not have 0 in {name}")
    return numbers


def _weekdays(name: str, value: str) -> list[Any]:
    found: list[Any] = []
    for part in value.split(","):
        match = _WEEKDAY.fullmatch(part)
        if match is None or (match[1] is not None and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(f"must have weekdays such as MO, or 2MO and -1FR, in {name}")
        day = _WEEKDAYS[match[2]]
        found.append(day if match[1] is None else day(int(match[1])))
    return found


def _week_start(name: str, value: str) -> Any:
    if value not in _WEEKDAYS:
        raise ValueError(f"must have one weekday in {name}")
    return _WEEKDAYS[value]


def _end(until: str | None, first: datetime, zone: str) -> datetime:
    """The last wall time that an occurrence may have: all of the day of a date, the moment of an instant."""
    furthest = min(first + FURTHEST, _LAST)
    if until is None:
        return furthest
    end = _until(until, zone)
    if end > furthest:
        raise ValueError("must end within twenty years")
    return end


def _until(until: str, zone: str) -> datetime:
    if not _UNTIL.fullmatch(until):
        raise ValueError("must have an UNTIL such as 20271231 or 20271231T200000Z")
    try:
        day = datetime.strptime(until[:8], "%Y%m%d")  # noqa: DTZ007  # a wall time
        at = time.fromisoformat(until[9:15]) if len(until) > 8 else time.max
    except ValueError as error:
        raise ValueError("must have a date and time that exist in UNTIL") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"must have an UNTIL in the years {FIRST_YEAR} to {LAST_YEAR}")
    wall = datetime.combine(day, at)
    return wall_of(wall.replace(tzinfo=UTC), zone) if until.endswith("Z") else wall


_PARSERS: Mapping[str, tuple[str, Callable[[str, str], Any]]] = {
    "INTERVAL": ("interval", _interval),
    "BYDAY": ("byweekday", _weekdays),
    "WKST": ("wkst", _week_start),
    "BYMONTH": ("bymonth", _numbers),
    "BYMONTHDAY": ("bymonthday", _numbers),
    "BYYEARDAY": ("byyearday", _numbers),
    "BYWEEKNO": ("byweekno", _numbers),
    "BYSETPOS": ("bysetpos", _numbers),
}
