"""Hypothesis strategies: hours, people, resources and services around nights on which something odd happens."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduling.conflicts import Claim, ResourceUnit, Session, StaffTime
from scheduling.hours import Block, Closure, DayBlock, Hours, Override, Season, local_date
from scheduling.intervals import Interval
from scheduling.service_rules import ResourceNeed, ServiceRules
from scheduling.time_off import TimeOff, WeeklyOff

from .make import minutes, uuid

NIGHTS = [
    ("Asia/Dubai", date(2026, 6, 1)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/St_Johns", date(2026, 3, 8)),
    ("America/St_Johns", date(2010, 11, 7)),  # 00:01 goes back to 23:01 of the date before
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour twice
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Africa/Cairo", date(2026, 4, 24)),  # 00:00 goes on to 01:00
    ("Africa/Cairo", date(2026, 10, 29)),  # 24:00 goes back to 23:00
    ("America/Asuncion", date(2023, 10, 1)),
    ("America/Asuncion", date(2024, 3, 24)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("Atlantic/Azores", date(2026, 3, 29)),
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours at once
    ("Antarctica/Casey", date(2018, 3, 11)),
    ("Asia/Pyongyang", date(2018, 5, 4)),  # 23:30 goes on to 24:00
    ("America/Caracas", date(2007, 12, 9)),
    ("Pacific/Apia", date(2011, 12, 30)),  # no such date
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # no such date
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Asia/Gaza", date(2026, 10, 24)),
]

_QUARTERS = st.integers(0, 96).map(lambda n: n * 15)
_MINUTES = st.integers(0, 1440)
_OWNERS = st.integers(1, 3).map(uuid)
SPANS = (
    st.tuples(st.one_of(_QUARTERS, _MINUTES), st.one_of(_QUARTERS, _MINUTES)).map(sorted).filter(lambda s: s[0] < s[1])
)


@dataclass(frozen=True)
class Asked:
    service: ServiceRules
    staff: StaffTime
    resources: tuple[ResourceUnit, ...]
    now: datetime
    first: date
    last: date


def dates_near(on: date):
    return st.integers(-3, 3).map(lambda days: on + timedelta(days=days))


def date_ranges(on: date):
    return st.tuples(dates_near(on), dates_near(on)).map(sorted)


@st.composite
def blocks(draw, on: date) -> Block:
    start, end = draw(SPANS)
    bounds = draw(st.one_of(st.just([None, None]), date_ranges(on)))
    day = draw(dates_near(on)).isoweekday()
    return Block(day, start, end, *bounds)


@st.composite
def hours_near(draw, zone: str, on: date) -> Hours:
    day_blocks = st.lists(SPANS.map(lambda span: DayBlock(*span)), max_size=2).map(tuple)
    all_day = [Block(day, 0, 1440) for day in range(1, 8)]
    weekly = draw(st.one_of(st.just(all_day), st.lists(blocks(on), max_size=6)))
    season = st.builds(
        lambda span, inner: Season(*span, tuple(inner)), date_ranges(on), st.lists(blocks(on), max_size=3)
    )
    return Hours(
        zone=zone,
        blocks=tuple(weekly),
        seasons=tuple(draw(st.lists(season, max_size=1))),
        overrides=tuple(draw(st.lists(st.builds(Override, dates_near(on), day_blocks), max_size=2))),
        closures=tuple(draw(st.lists(date_ranges(on).map(lambda span: Closure(*span)), max_size=1))),
    )


def instants_near(zone: str, on: date):
    noon = datetime.combine(on, time(12), ZoneInfo(zone)).astimezone(UTC)
    return st.integers(-3 * 288, 3 * 288).map(lambda n: noon + minutes(5 * n))


def intervals_near(zone: str, on: date, longest: int):
    return st.builds(
        lambda start, length: Interval(start, start + minutes(length)),
        instants_near(zone, on),
        st.integers(1, longest),
    )


@st.composite
def weekly_off_near(draw, zone: str, on: date) -> WeeklyOff:
    """Some weeks old, or yet to begin; it may have ended."""
    near = draw(intervals_near(zone, on, draw(st.sampled_from([180, 2000, 7 * 1440]))))
    back = timedelta(weeks=draw(st.integers(0, 3)))
    first = Interval(near.start - back, near.end - back)
    until = draw(st.one_of(st.none(), dates_near(on)))
    return WeeklyOff(zone, first, until and max(until, local_date(first.start, zone)))


def time_off_near(zone: str, on: date):
    once = st.lists(intervals_near(zone, on, 2000), max_size=2)
    return st.builds(TimeOff, once, st.lists(weekly_off_near(zone, on), max_size=2))


def claims_near(zone: str, on: date):
    return st.lists(st.builds(Claim, intervals_near(zone, on, 180), _OWNERS), max_size=8)


def sessions_near(zone: str, on: date, length: timedelta):
    """Sessions that last as long as their service, or not, no two of them at one time."""
    during = st.builds(
        lambda start, lasts: Interval(start, start + lasts),
        instants_near(zone, on),
        st.sampled_from([length, minutes(50)]),
    )
    session = st.builds(Session, during, _OWNERS, st.integers(0, 2))
    return st.lists(session, max_size=6, unique_by=lambda one: one.during)


def services():
    few = st.sampled_from([0, 0, 5, 10, 45])
    needs = st.sampled_from([(), (), (("room", 1),), (("room", 2),), (("room", 1), ("laser", 1))])
    return st.builds(
        ServiceRules,
        duration=st.sampled_from([5, 30, 60, 90, 475, 1440, 1500]).map(minutes),
        active=st.sampled_from([True, True, True, False]),
        buffer_before=few.map(minutes),
        buffer_after=few.map(minutes),
        slot_interval=st.sampled_from([15, 20, 25, 30, 50, 60, 240, 7]).map(minutes),
        min_notice=st.sampled_from([0, 0, 120, 2880]).map(minutes),
        max_advance_days=st.sampled_from([0, 2, 60]),
        resource_needs=needs.map(lambda rows: tuple(ResourceNeed(*row) for row in rows)),
    )


@st.composite
def questions(draw) -> Asked:
    zone, on = draw(st.sampled_from(NIGHTS))
    units = st.builds(
        ResourceUnit,
        resource_id=_OWNERS,
        kind=st.sampled_from(["room", "laser"]),
        active=st.sampled_from([True, True, False]),
        claims=claims_near(zone, on),
    )
    service = draw(services())
    sessions = draw(st.one_of(st.just([]), sessions_near(zone, on, service.duration)))
    member = StaffTime(
        staff_id=uuid(1),
        hours=draw(hours_near(zone, on)),
        active=draw(st.sampled_from([True, True, True, False])),
        offers=draw(st.sampled_from([True, True, True, False])),
        time_off=draw(time_off_near(zone, on)),
        claims=[*draw(claims_near(zone, on)), *(Claim(one.during, one.owner_id) for one in sessions)],
        sessions=sessions,
    )
    first, last = on - timedelta(days=draw(st.integers(0, 1))), on + timedelta(days=draw(st.integers(0, 1)))
    now = draw(st.one_of(instants_near(zone, on), st.just(instant_before(on))))
    return Asked(service, member, tuple(draw(st.lists(units, max_size=4))), now, first, last)


def instant_before(on: date) -> datetime:
    return datetime.combine(on - timedelta(days=5), time(), UTC)
