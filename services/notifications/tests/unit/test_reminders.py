"""When a reminder is due: worked cases, among them nights on which the clocks change."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain.preferences import QuietHours
from notifications.domain.reminders import LEAST_AHEAD, plan
from scheduling.hours import local_time, parse_local_time

from ..make import at

DUBAI, LONDON = "Asia/Dubai", "Europe/London"
NIGHT = QuietHours(start="21:00", end="08:00")
LONG_AGO = at("2020-01-01T00:00")
DAY, TWO_HOURS = 1440, 120


def due(start: datetime, *offsets: int, quiet: QuietHours | None = NIGHT, zone: str = DUBAI) -> list[datetime]:
    return [each.due_at for each in plan(start, offsets, quiet=quiet, zone=zone, now=LONG_AGO)]


def test_a_day_and_two_hours_before():
    start = at("2026-11-24T11:00")  # 15:00 in Dubai
    assert due(start, DAY, TWO_HOURS) == [at("2026-11-23T11:00"), at("2026-11-24T09:00")]


def test_what_falls_into_the_quiet_hours_waits_for_their_end():
    start = at("2026-11-24T05:00")  # 09:00 in Dubai
    assert due(start, TWO_HOURS) == [at("2026-11-24T04:00")]


def test_it_comes_before_the_quiet_hours_where_their_end_is_too_late():
    start = at("2026-11-24T03:30")  # 07:30 in Dubai
    assert due(start, TWO_HOURS) == [at("2026-11-23T16:59")]


def test_quiet_hours_within_a_day():
    noon = QuietHours(start="12:00", end="15:00")
    assert due(at("2026-11-24T12:00"), TWO_HOURS, quiet=noon) == [at("2026-11-24T11:00")]


def test_a_day_before_is_the_same_time_of_day_where_the_clocks_change():
    start = at("2026-03-29T11:00")  # 12:00 in London, on the day that lost an hour
    assert due(start, DAY, zone=LONDON) == [at("2026-03-28T12:00")]


def test_two_hours_before_are_two_hours_where_the_clocks_change():
    start = at("2026-03-29T02:30")  # 03:30 in London, an hour and a half after 00:59
    assert due(start, TWO_HOURS, quiet=None, zone=LONDON) == [at("2026-03-29T00:30")]


def test_the_quiet_hours_are_those_of_the_clock_on_the_wall():
    start = at("2026-10-25T09:30")  # 09:30 in London, on the day that had an hour more
    assert due(start, TWO_HOURS, zone=LONDON) == [at("2026-10-25T08:00")]


def test_two_that_come_together_are_one():
    start = at("2026-11-24T05:00")
    planned = plan(start, (90, 120), quiet=NIGHT, zone=DUBAI, now=LONG_AGO)
    assert [(each.offset_minutes, each.due_at) for each in planned] == [(90, at("2026-11-24T04:00"))]


def test_what_would_have_come_already_does_not_come():
    start = at("2026-11-24T11:00")
    now = at("2026-11-24T08:00")
    assert [each.offset_minutes for each in plan(start, (DAY, TWO_HOURS), quiet=NIGHT, zone=DUBAI, now=now)] == [120]


def test_none_comes_in_the_last_minutes():
    start = at("2026-11-24T11:00")
    assert due(start, 10) == []


@given(
    minute=st.integers(0, 60 * 24 * 365 * 2),
    offset=st.integers(5, 43_200),
    zone=st.sampled_from([DUBAI, LONDON, "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] != pair[1]),
)
def test_no_reminder_comes_in_the_quiet_hours_or_late(minute: int, offset: int, zone: str, quiet: tuple[int, int]):
    hours = QuietHours(start=f"{quiet[0]:02}:00", end=f"{quiet[1]:02}:00")
    start = at("2026-01-01T00:00") + timedelta(minutes=minute)
    for planned in plan(start, (offset,), quiet=hours, zone=zone, now=LONG_AGO):
        assert planned.due_at <= start - LEAST_AHEAD
        assert not _is_quiet(planned.due_at, zone, hours)


def _is_quiet(instant: datetime, zone: str, hours: QuietHours) -> bool:
    wall = local_time(instant, zone)
    minute = wall.hour * 60 + wall.minute
    begin, end = parse_local_time(hours.start), parse_local_time(hours.end)
    return begin <= minute < end if begin < end else minute >= begin or minute < end


@pytest.mark.parametrize("zone", [DUBAI, LONDON])
def test_without_quiet_hours_nothing_is_moved(zone: str):
    start = at("2026-11-24T03:30")
    assert due(start, TWO_HOURS, quiet=None, zone=zone) == [start - timedelta(hours=2)]
