"""Time off that comes every week, and agreed times that no longer fit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.conflicts import ALL_RULES, Candidate, why_not
from scheduling.slots import find_slots
from scheduling.standing import in_time_off, outside_hours
from scheduling.time_off import TimeOff, WeeklyOff

from .make import BERLIN, DUBAI, LONG_AGO, at, hours, interval, minutes, service, staff, walls
from .questions import intervals_near, questions
from .test_properties import quick

WEEK = timedelta(days=7)


def weekly(start: str, end: str, zone: str = DUBAI, until: date | None = None) -> WeeklyOff:
    return WeeklyOff(zone, interval(start, end, zone), until)


def shown(off: WeeklyOff, first: str, last: str) -> list[str]:
    """Its occurrences between two dates, on the wall."""
    window = interval(f"{first} 00:00", f"{last} 00:00", off.zone)
    return [
        f"{a:%d %b} " + "-".join(walls([a, b], off.zone)) for a, b in ((o.start, o.end) for o in off.within(window))
    ]


def test_weekly_time_off_keeps_its_wall_time_when_the_clocks_change():
    off = weekly("2026-03-20 13:00", "2026-03-20 17:00", BERLIN)
    assert shown(off, "2026-03-01", "2026-04-11") == [
        "20 Mar 13:00-17:00",
        "27 Mar 13:00-17:00",
        "03 Apr 13:00-17:00",
        "10 Apr 13:00-17:00",
    ]
    winter, summer = off.within(interval("2026-03-27 00:00", "2026-04-04 00:00", BERLIN))
    assert summer.start - winter.start == WEEK - minutes(60)


def test_where_clocks_go_back_a_weekly_time_off_is_longer_and_where_they_go_on_shorter():
    back = weekly("2026-10-18 01:00", "2026-10-18 04:00", BERLIN)
    assert [off.length for off in back.within(interval("2026-10-18 00:00", "2026-11-02 00:00", BERLIN))] == [
        minutes(180),
        minutes(240),
        minutes(180),
    ]
    on = weekly("2026-03-22 01:00", "2026-03-22 04:00", BERLIN)
    assert [off.length for off in on.within(interval("2026-03-22 00:00", "2026-03-30 00:00", BERLIN))] == [
        minutes(180),
        minutes(120),
    ]


def test_a_weekly_time_off_in_a_gap_does_not_come_that_week():
    off = weekly("2026-03-22 02:10", "2026-03-22 02:50", BERLIN)
    assert shown(off, "2026-03-22", "2026-04-06") == ["22 Mar 02:10-02:50", "05 Apr 02:10-02:50"]


def test_the_last_occurrence_begins_on_the_last_date_or_before_it():
    until_a_friday = weekly("2026-06-05 22:00", "2026-06-06 02:00", until=date(2026, 6, 19))
    assert len(shown(until_a_friday, "2026-05-01", "2026-09-01")) == 3
    until_a_thursday = weekly("2026-06-05 22:00", "2026-06-06 02:00", until=date(2026, 6, 18))
    assert len(shown(until_a_thursday, "2026-05-01", "2026-09-01")) == 2


def test_what_was_to_end_before_it_begins_comes_once():
    off = weekly("2026-06-05 13:00", "2026-06-05 17:00", until=date(2026, 6, 4))  # another zone may make it so
    assert shown(off, "2026-05-01", "2026-09-01") == ["05 Jun 13:00-17:00"]


def test_a_weekly_time_off_without_an_end_reaches_to_the_end_of_the_calendar():
    off = weekly("2026-06-05 13:00", "2026-06-05 17:00")
    assert shown(off, "2190-01-01", "2190-01-09") == ["01 Jan 13:00-17:00", "08 Jan 13:00-17:00"]
    assert list(off.within(interval("2020-01-01 00:00", "2020-02-01 00:00"))) == []


def test_a_weekly_time_off_is_at_most_a_week_long():
    with pytest.raises(ValueError, match="at most a week"):
        weekly("2026-06-01 00:00", "2026-06-08 00:01")


def test_weekly_time_off_takes_its_slots_and_says_so():
    off = TimeOff(weekly=[weekly("2026-05-04 10:00", "2026-05-04 11:00")])
    member = staff(hours("09:00-12:00"), time_off=())
    member = type(member)(staff_id=member.staff_id, hours=member.hours, time_off=off)
    monday = date(2026, 6, 1)
    found = find_slots(service(interval=60), member, first=monday, last=monday, now=LONG_AGO)
    assert walls(found, DUBAI) == ["09:00", "11:00"]
    refused = Candidate.of(service(), at("2026-06-01 10:30", DUBAI))
    (conflict,) = why_not(refused, service=service(), staff=member, now=LONG_AGO, rules=ALL_RULES)
    expected = interval("2026-06-01 10:00", "2026-06-01 11:00", DUBAI)
    assert (conflict.kind, conflict.start, conflict.end) == ("timeOff", expected.start, expected.end)


@quick
@given(questions(), st.data())
def test_agreed_times_no_longer_fit_exactly_when_the_rules_refuse_each(asked, data):
    zone = asked.staff.hours.zone
    times = data.draw(st.lists(intervals_near(zone, asked.first, 600), max_size=8))

    def refused(rule):
        candidates = [Candidate(time.start, time.end) for time in times]
        more = {"service": asked.service, "staff": asked.staff, "now": asked.now, "rules": [ALL_RULES[rule]]}
        return sorted(candidate.during for candidate in candidates if why_not(candidate, **more))

    assert outside_hours(asked.staff.hours, times) == refused(1)
    assert in_time_off(asked.staff.time_off, times) == refused(2)
