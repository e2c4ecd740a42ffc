"""Which days a rule gives, and at which instants."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appointments.use_cases.series.rule import MOST_OCCURRENCES, Rule
from appointments.use_cases.series.wall_time import instant_of, shifted, wall_of

MONDAY = datetime(2027, 3, 1, 10)  # noqa: DTZ001  # a wall time
ZONES = ("Asia/Dubai", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia")


def days(rrule: str, first: datetime = MONDAY, zone: str = "Asia/Dubai") -> list[str]:
    """The dates of a rule's occurrences."""
    return [wall.date().isoformat() for wall in Rule.parse(rrule).walls(first, zone)]


@pytest.mark.parametrize(
    ("rrule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2027-03-01", "2027-03-08", "2027-03-15"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["2027-03-01", "2027-03-15"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["2027-03-01", "2027-03-03", "2027-03-08"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=3", ["2027-03-01", "2027-03-14", "2027-03-15"]),
        ("FREQ=DAILY;COUNT=1", ["2027-03-01"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=3", ["2027-03-01", "2027-04-05", "2027-05-03"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2", ["2027-03-01", "2027-04-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=3", ["2027-03-01", "2027-03-31", "2027-04-01"]),
        ("FREQ=YEARLY;BYYEARDAY=60;COUNT=2", ["2027-03-01", "2028-02-29"]),
        ("FREQ=YEARLY;BYWEEKNO=9;BYDAY=MO;COUNT=2", ["2027-03-01", "2028-02-28"]),
        ("FREQ=DAILY;UNTIL=20270303", ["2027-03-01", "2027-03-02", "2027-03-03"]),
        ("FREQ=DAILY;UNTIL=20270303T095959", ["2027-03-01", "2027-03-02"]),
        ("FREQ=DAILY;UNTIL=20270303T060000Z", ["2027-03-01", "2027-03-02", "2027-03-03"]),
        ("FREQ=DAILY;UNTIL=20270303T055959Z", ["2027-03-01", "2027-03-02"]),
        ("freq=daily;byday=mo;until=20270309", ["2027-03-01", "2027-03-08"]),
    ],
)
def test_a_rule_gives_its_days(rrule: str, expected: list[str]):
    assert days(rrule) == expected


@pytest.mark.parametrize(
    "rrule",
    [
        "",
        "FREQ",
        "FREQ=",
        "FREQ=WEEKLY;;COUNT=2",
        "COUNT=2",
        "FREQ=FORTNIGHTLY;COUNT=2",
        "FREQ=MINUTELY;COUNT=2",
        "FREQ=SECONDLY;COUNT=2",
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=2;UNTIL=20270401",
        "FREQ=DAILY;COUNT=2;COUNT=3",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=105",
        "FREQ=DAILY;COUNT=1e1",
        "FREQ=DAILY;COUNT=٣",
        "FREQ=DAILY;COUNT=2;INTERVAL=0",
        "FREQ=DAILY;COUNT=2;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=2;BYSECOND=0",
        "FREQ=DAILY;COUNT=2;BYMINUTE=0",
        "FREQ=DAILY;COUNT=2;BYHOUR=10",
        "FREQ=DAILY;COUNT=2;BYDAY=XX",
        "FREQ=DAILY;COUNT=2;BYDAY=1MO",
        "FREQ=WEEKLY;COUNT=2;BYDAY=-1MO",
        "FREQ=MONTHLY;COUNT=2;BYDAY=54MO",
        "FREQ=MONTHLY;COUNT=2;BYDAY=0MO",
        "FREQ=YEARLY;COUNT=2;BYDAY=1MO;BYWEEKNO=9",
        "FREQ=WEEKLY;COUNT=2;BYMONTHDAY=1",
        "FREQ=MONTHLY;COUNT=2;BYYEARDAY=60",
        "FREQ=MONTHLY;COUNT=2;BYWEEKNO=9",
        "FREQ=YEARLY;COUNT=2;BYWEEKNO=9",
        "FREQ=DAILY;COUNT=2;BYMONTH=13",
        "FREQ=DAILY;COUNT=2;BYMONTH=0",
        "FREQ=MONTHLY;COUNT=2;BYMONTHDAY=32",
        "FREQ=MONTHLY;COUNT=2;BYMONTHDAY=0",
        "FREQ=MONTHLY;COUNT=2;BYSETPOS=1",
        "FREQ=DAILY;COUNT=2;WKST=1MO",
        "FREQ=DAILY;COUNT=2;BYEASTER=0",
        "FREQ=DAILY;COUNT=2;X-OTHER=1",
        "DTSTART:20270301T100000Z\nRRULE:FREQ=DAILY;COUNT=2",
        "FREQ=DAILY;COUNT=2\nEXDATE:20270302",
    ],
)
def test_what_is_no_rule_for_a_series_is_refused_in_words(rrule: str):
    with pytest.raises(ValueError, match=r"[a-z]{3}"):
        Rule.parse(rrule)


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "first occurrence"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "first occurrence"),
        ("FREQ=DAILY;UNTIL=20270228", "first occurrence"),
        ("FREQ=DAILY;UNTIL=20270613", "more than 104"),
        ("FREQ=YEARLY;COUNT=22", "twenty years"),
        ("FREQ=YEARLY;UNTIL=20480101", "twenty years"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL"),
        ("FREQ=DAILY;UNTIL=20270230", "exist"),
        ("FREQ=DAILY;UNTIL=20270330T250000Z", "exist"),
    ],
)
def test_a_rule_that_does_not_fit_its_start_is_refused_in_words(rrule: str, words: str):
    with pytest.raises(ValueError, match=words):
        days(rrule)


def test_two_years_of_weeks_are_the_most():
    assert len(days(f"FREQ=WEEKLY;COUNT={MOST_OCCURRENCES}")) == MOST_OCCURRENCES
    assert len(days("FREQ=DAILY;UNTIL=20270612")) == MOST_OCCURRENCES


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2;COUNT=2",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2;COUNT=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=100;COUNT=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
    ],
)
def test_a_rule_that_never_comes_true_is_soon_refused(rrule: str):
    started = time.process_time()
    with pytest.raises(ValueError, match="first occurrence"):
        days(rrule)
    assert time.process_time() - started < 1.5  # until the year 9999 it took four seconds


def test_leap_days_are_those_of_the_asked_years():
    leap = datetime(2096, 2, 29, 10)  # noqa: DTZ001
    assert days("FREQ=YEARLY;COUNT=4", leap) == ["2096-02-29", "2104-02-29", "2108-02-29", "2112-02-29"]
    assert days("FREQ=DAILY;COUNT=2", leap.replace(year=2196)) == ["2196-02-29", "2196-03-01"]


def test_fractions_of_a_second_are_kept():
    first = MONDAY.replace(second=5, microsecond=7)
    assert Rule.parse("FREQ=DAILY;COUNT=2").walls(first, "Asia/Dubai") == [first, first + timedelta(days=1)]


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Berlin", datetime(2027, 3, 28, 2, 30), "2027-03-28T01:00:00+00:00"),  # noqa: DTZ001  # the gap's end
        ("Europe/Berlin", datetime(2027, 10, 31, 2, 30), "2027-10-31T00:30:00+00:00"),  # noqa: DTZ001  # the first
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15), "2027-10-02T15:30:00+00:00"),  # noqa: DTZ001
        ("Pacific/Apia", datetime(2011, 12, 30, 10), "2011-12-30T10:00:00+00:00"),  # noqa: DTZ001  # a skipped day
        ("Asia/Kathmandu", datetime(2027, 3, 1, 10), "2027-03-01T04:15:00+00:00"),  # noqa: DTZ001
    ],
)
def test_a_wall_time_is_an_instant_by_the_rule_for_a_start(zone: str, wall: datetime, instant: str):
    assert instant_of(wall, zone).isoformat() == instant


@given(
    st.sampled_from(ZONES),
    st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2198, 1, 1)),  # noqa: DTZ001
)
def test_an_instant_shows_its_wall_time_unless_that_does_not_exist(zone: str, wall: datetime):
    instant = instant_of(wall, zone)
    shown = wall_of(instant, zone)
    assert shown >= wall
    if shown == wall:
        assert instant == min(wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    else:  # in a gap: an instant earlier the clock showed less
        assert wall_of(instant - timedelta(microseconds=1), zone) < wall


@example("Pacific/Apia", datetime(2011, 1, 1))  # noqa: DTZ001
@given(st.sampled_from(ZONES), st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2190, 1, 1)))  # noqa: DTZ001
def test_weeks_are_at_the_same_wall_time_or_the_end_of_a_gap(zone: str, first: datetime):
    walls = Rule.parse("FREQ=WEEKLY;COUNT=60").walls(first, zone)
    assert all(b - a == timedelta(days=7) for a, b in pairwise(walls))
    instants = [instant_of(wall, zone) for wall in walls]
    # Samoa had no 30 December 2011: the weeks about it are a whole day shorter.
    assert all(timedelta(days=6) <= b - a < timedelta(days=8) for a, b in pairwise(instants))


def test_a_shift_by_nothing_is_the_same_instant_even_the_second_of_two():
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert shifted(second, timedelta(), "Europe/Berlin") == second
    assert shifted(second, timedelta(days=1), "Europe/Berlin") == datetime(2027, 11, 1, 1, 30, tzinfo=UTC)


def test_a_shift_out_of_the_years_is_refused():
    with pytest.raises(ValueError, match="not in the years"):
        shifted(datetime(2199, 6, 1, tzinfo=UTC), timedelta(days=365), "Europe/Berlin")
