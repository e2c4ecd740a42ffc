"""Hypothesis strategies for whole businesses: what an owner sends, around days on which the clock does odd things."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

DAYS = [
    ("Asia/Dubai", date(2027, 6, 1)),
    ("Asia/Kathmandu", date(2027, 6, 1)),
    ("Pacific/Chatham", date(2027, 4, 4)),
    ("Pacific/Kiritimati", date(2027, 6, 1)),
    ("Europe/Berlin", date(2027, 3, 28)),
    ("Europe/Berlin", date(2027, 10, 31)),
    ("America/New_York", date(2027, 11, 7)),
    ("America/St_Johns", date(2027, 3, 14)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),  # half an hour twice
    ("Australia/Lord_Howe", date(2027, 10, 3)),
    ("Africa/Cairo", date(2027, 4, 30)),  # 00:00 goes on to 01:00
    ("America/Havana", date(2027, 11, 7)),  # 01:00 goes back to 00:00
]

QUARTERS = st.integers(0, 96).map(lambda number: number * 15)
SPANS = st.tuples(QUARTERS, QUARTERS).map(sorted).filter(lambda span: span[0] < span[1])
SHIFTS = [(480, 720), (780, 1020)], [(0, 1440)], [(540, 1050)], [(1320, 1440), (0, 180)], [(490, 755)]


@dataclass(frozen=True)
class StaffPlan:
    """One staff member: the bodies of their hours, overrides and time off (which wants its `staffId` still)."""

    blocks: list[dict[str, Any]]
    overrides: dict[date, list[dict[str, Any]]] = field(default_factory=dict[date, list[dict[str, Any]]])
    time_off: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    offers: bool = True


@dataclass(frozen=True)
class World:
    """A business: what its owner sends. `booked` are wishes for appointments, some of which cannot be granted."""

    zone: str
    day: date
    staff: list[StaffPlan]
    closures: list[dict[str, Any]]
    seasons: list[dict[str, Any]]
    units: list[str]  # the kind of each
    service: dict[str, Any]
    other_service: dict[str, Any]
    booked: list[tuple[bool, int, datetime]]  # the service (or the other one), who, when


def clock(minute: int) -> str:
    """A minute of the local day as api.md writes it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def span(minutes: tuple[int, int] | list[int]) -> dict[str, Any]:
    """A stretch of a local day."""
    return {"start": clock(minutes[0]), "end": clock(minutes[1])}


def near(on: date, days: int = 1) -> st.SearchStrategy[date]:
    """Dates about `on`."""
    return st.integers(-days, days).map(lambda number: on + timedelta(days=number))


@st.composite
def weekly(draw: st.DrawFn, on: date, *, dated: bool = True) -> list[dict[str, Any]]:
    """Blocks for the week, of which those on one day never overlap."""
    shifts = draw(st.sampled_from(SHIFTS))
    bounds = draw(st.sampled_from([(None, None), (None, None), (on, None), (None, on), (on, on)])) if dated else None
    fields = {"validFrom": _text(bounds[0]), "validTo": _text(bounds[1])} if bounds else {}
    days = draw(st.sets(st.integers(1, 7), min_size=5, max_size=7))
    return [{"dayOfWeek": day, **span(shift), **fields} for day in sorted(days) for shift in shifts]


@st.composite
def some_time_off(draw: st.DrawFn, zone: str, on: date) -> dict[str, Any]:
    """A part of a day, or some days; at times every week, from weeks before."""
    is_weekly = draw(st.booleans())
    start = datetime.combine(draw(near(on)), time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 10, 30]))))
    length = timedelta(minutes=draw(st.sampled_from([35, 90, 600] if is_weekly else [35, 90, 600, 2000])))
    if not is_weekly:
        return {"start": _instant(start, zone), "end": _instant(start + length, zone)}
    start -= timedelta(weeks=draw(st.integers(0, 3)))
    until = {"until": _text(on + timedelta(days=draw(st.integers(-7, 7))))}
    return {"start": _instant(start, zone), "end": _instant(start + length, zone), "weekly": until}


@st.composite
def people(draw: st.DrawFn, zone: str, on: date) -> StaffPlan:
    """A staff member."""
    return StaffPlan(
        blocks=draw(weekly(on)),
        overrides=draw(st.dictionaries(near(on), st.lists(SPANS.map(span), max_size=1), max_size=1)),
        time_off=draw(st.lists(some_time_off(zone, on), max_size=2)),
        offers=draw(st.sampled_from([True, True, True, False])),
    )


def services(units: list[str], *, capacity: int) -> st.SearchStrategy[dict[str, Any]]:
    """What is sold, for no more units than there are."""
    kinds = sorted(set(units))
    most = min(units.count(kinds[0]), 2) if kinds else 0
    needs = st.sampled_from([[], *([{"kind": kinds[0], "quantity": n}] for n in range(1, most + 1))])
    return st.fixed_dictionaries(
        {
            "durationMinutes": st.sampled_from([30, 45, 60, 95]),
            "slotIntervalMinutes": st.sampled_from([15, 20, 30, 60]),
            "bufferBeforeMinutes": st.sampled_from([0, 0, 10]),
            "bufferAfterMinutes": st.sampled_from([0, 0, 5, 30]),
            "resourceNeeds": needs,
            "capacity": st.just(capacity),
        }
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A business with one or two people, and some appointments."""
    zone, on = draw(st.sampled_from(DAYS))
    units = draw(st.sampled_from([[], ["room"], ["room", "room"], ["room", "room", "room"]]))
    closure = near(on, 2).map(lambda day: {"startDate": _text(day), "endDate": _text(day), "name": "Closed"})
    season = st.builds(_season, near(on, 2), st.integers(0, 2), weekly(on, dated=False))
    starts = st.integers(-20, 44).map(lambda half_hours: _noon(on, zone) + timedelta(minutes=30 * half_hours - 720))
    return World(
        zone=zone,
        day=on,
        staff=draw(st.lists(people(zone, on), min_size=1, max_size=2)),
        closures=draw(st.lists(closure, max_size=1)),
        seasons=draw(st.lists(season, max_size=1)),
        units=units,
        service=draw(services(units, capacity=draw(st.sampled_from([1, 1, 3])))),
        other_service=draw(services(units, capacity=1)),
        booked=draw(st.lists(st.tuples(st.booleans(), st.integers(0, 1), starts), max_size=8)),
    )


def _season(first: date, more: int, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    last = first + timedelta(days=more)
    return {"name": "Season", "startDate": _text(first), "endDate": _text(last), "blocks": blocks, "staffIds": None}


def _text(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _instant(local: datetime, zone: str) -> str:
    """The local time as an instant; one that does not exist is the one after the gap, as far."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")).isoformat()


def _noon(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(12), ZoneInfo(zone)).astimezone(ZoneInfo("UTC")).replace(minute=0)
