"""The dates of recurrence rules (RFC 5545, 3.3.10), in bounded time whatever the rule says.

A library looks for the next date until the year 9999, which for a rule without any takes many seconds. What is sent
by strangers is therefore read here: period by period, within a window, on a budget. Rules that repeat within a day, or
count weeks or days of the year, are refused: no calendar writes them for time off.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,5}", re.ASCII)
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?", re.ASCII)
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}
_EARLIEST = date(1970, 1, 1)
_DAY = timedelta(days=1)


class TooMuch(Exception):
    """The rules of a file take longer to read than anybody's calendar does."""


@dataclass(slots=True)
class Budget:
    """So many periods may be looked at, for all rules of a file together."""

    left: int = 200_000

    def spend(self) -> None:
        """One more. Raises TooMuch."""
        self.left -= 1
        if self.left < 0:
            raise TooMuch


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that was understood; `until` as it was written."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    weekdays: tuple[tuple[int, int], ...] = ()  # which one (0: all), and of which weekday (Monday = 0)
    month_days: tuple[int, ...] = ()
    months: frozenset[int] = frozenset()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @classmethod
    def parse(cls, text: str) -> "Recurrence":
        """Understand `FREQ=WEEKLY;BYDAY=MO`. ValueError, in words, otherwise."""
        parts = _parts(text)
        frequency = parts["FREQ"]
        if frequency not in _PERIODS:
            raise ValueError(
                "repeats within a day" if frequency in _TOO_OFTEN else "repeats in a way that is not known"
            )
        weekdays = tuple(map(_weekday, parts["BYDAY"].split(","))) if "BYDAY" in parts else ()
        numbered = any(which for which, _ in weekdays)
        if numbered and frequency in {"DAILY", "WEEKLY"}:
            raise ValueError("numbers the weekdays of a day or a week")
        return cls(
            frequency=frequency,
            interval=_number(parts.get("INTERVAL", "1"), 1, 10_000),
            count=_number(parts["COUNT"], 1, 99_999) if "COUNT" in parts else None,
            until=_until(parts.get("UNTIL")),
            weekdays=weekdays,
            month_days=_numbers(parts, "BYMONTHDAY", 31),
            months=frozenset(_numbers(parts, "BYMONTH", 12)),
            positions=_numbers(parts, "BYSETPOS", 366),
            week_start=_WEEKDAYS.index(parts["WKST"]) if parts.get("WKST") in _WEEKDAYS else 0,
        )

    def dates(self, first: date, since: date, last: date, budget: Budget) -> Iterator[date]:
        """All dates from `since` to `last`, of a rule that begins on `first`. Raises ValueError and TooMuch."""
        if first < _EARLIEST:
            raise ValueError("repeats since before 1970")
        found = 0
        begin, step, candidates = _PERIODS[self.frequency]
        for number in count(self._skipped(first, since)):
            period = step(begin(self, first), number * self.interval)
            if period is None or period > last:
                return
            budget.spend()
            for on in self._chosen(sorted(candidates(self, period, first))):
                if on < first:
                    continue
                if on > last or found == self.count:
                    return
                found += 1
                if on >= since:
                    yield on

    def _skipped(self, first: date, since: date) -> int:
        """How many periods are over before anybody looks; they have to be counted if the dates are."""
        if self.count is not None or since <= first:
            return 0
        days = {"DAILY": 1, "WEEKLY": 7}.get(self.frequency)
        return max(0, (since - first).days // (days * self.interval) - 1) if days else 0

    def _chosen(self, dates: list[date]) -> list[date]:
        """Those at the positions that are asked for; all without any."""
        if not self.positions:
            return dates
        chosen = {place - 1 if place > 0 else len(dates) + place for place in self.positions}
        return [on for place, on in enumerate(dates) if place in chosen]

    def fits(self, on: date) -> bool:
        """Whether the month, its day and the weekday are among those that are named, if any are."""
        if self.months and on.month not in self.months:
            return False
        if self.month_days and not {on.day, on.day - _days_of(on) - 1} & {*self.month_days}:
            return False
        return not self.weekdays or any(self._is(on, which, weekday) for which, weekday in self.weekdays)

    def _is(self, on: date, which: int, weekday: int) -> bool:
        """Whether it is such a weekday: the one so numbered in its month, or in its year where no month is named."""
        if on.weekday() != weekday:
            return False
        if which == 0:
            return True
        in_year = self.frequency == "YEARLY" and not self.months
        before, length = (on.timetuple().tm_yday, _days_of_year(on)) if in_year else (on.day, _days_of(on))
        return which in {(before - 1) // 7 + 1, -((length - before) // 7 + 1)}


type _Begin = Callable[[Recurrence, date], date]
type _Step = Callable[[date, int], date | None]
type _Candidates = Callable[[Recurrence, date, date], Iterator[date]]


def _a_day(rule: Recurrence, period: date, _: date) -> Iterator[date]:
    if rule.fits(period):
        yield period


def _a_week(rule: Recurrence, period: date, first: date) -> Iterator[date]:
    weekdays = {weekday for _, weekday in rule.weekdays} or {first.weekday()}
    for days in range(7):
        on = period + days * _DAY
        if on.weekday() in weekdays and rule.fits(on):
            yield on


def _a_month(rule: Recurrence, period: date, first: date) -> Iterator[date]:
    plain = not rule.weekdays and not rule.month_days
    for day in range(1, _days_of(period) + 1):
        on = period.replace(day=day)
        if (not plain or day == first.day) and rule.fits(on):
            yield on


def _a_year(rule: Recurrence, period: date, first: date) -> Iterator[date]:
    named = rule.months or rule.month_days or rule.weekdays
    months = sorted(rule.months) if rule.months else range(1, 13) if named else [first.month]
    for month in months:
        yield from _a_month(rule, period.replace(month=month), first)


def _days_on(start: date, days: int) -> date | None:
    return start + days * _DAY if start.toordinal() + days <= date.max.toordinal() - 400 else None


def _months_on(start: date, months: int) -> date | None:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1) if start.year + years < date.max.year else None


_PERIODS: Mapping[str, tuple[_Begin, _Step, _Candidates]] = {
    "DAILY": (lambda _, first: first, _days_on, _a_day),
    "WEEKLY": (
        lambda rule, first: first - (first.weekday() - rule.week_start) % 7 * _DAY,
        lambda start, weeks: _days_on(start, 7 * weeks),
        _a_week,
    ),
    "MONTHLY": (lambda _, first: first.replace(day=1), _months_on, _a_month),
    "YEARLY": (
        lambda _, first: first.replace(month=1, day=1),
        lambda start, years: _months_on(start, 12 * years),
        _a_year,
    ),
}
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise ValueError("has a rule that cannot be read")
        if name not in _KNOWN:
            raise ValueError(f"has a rule with {name[:20]}, which is not understood")
        parts[name] = value
    if "FREQ" not in parts:
        raise ValueError("has a rule that cannot be read")
    return parts


def _number(text: str, least: int, most: int) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else least - 1
    if not least <= number <= most:
        raise ValueError("has a rule with a number that makes no sense")
    return number


def _numbers(parts: Mapping[str, str], name: str, most: int) -> tuple[int, ...]:
    if name not in parts:
        return ()
    numbers = tuple(_number(part, -most, most) for part in parts[name].split(","))
    if 0 in numbers:
        raise ValueError("has a rule with a number that makes no sense")
    return numbers


def _weekday(text: str) -> tuple[int, int]:
    match = _BYDAY.fullmatch(text)
    if match is None:
        raise ValueError("has a rule with a weekday that does not exist")
    return int(match[1] or 0), _WEEKDAYS.index(match[2])


def _until(text: str | None) -> str | None:
    if text is not None and not _UNTIL.fullmatch(text):
        raise ValueError("has a rule whose end cannot be read")
    return text


def _days_of(on: date) -> int:
    following = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return (following - on.replace(day=1)).days


def _days_of_year(on: date) -> int:
    return (date(on.year + 1, 1, 1) - date(on.year, 1, 1)).days
