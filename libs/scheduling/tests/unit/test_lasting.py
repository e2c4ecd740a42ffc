"""Until when what a guest is shown stays so: before that the search finds the same, at that moment or later another."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.conflicts import GUEST_RULES, StaffTime
from scheduling.hours import local_date
from scheduling.lasting import stays_until
from scheduling.service_rules import ServiceRules
from scheduling.slots import find_slots

from .make import BERLIN, DUBAI, at, hours, minutes, uuid

STAFF = StaffTime(staff_id=uuid(1), hours=hours("09:00-12:00", "14:00-15:30"))
SECOND = timedelta(seconds=1)


def found(rules: ServiceRules, now: datetime) -> list[datetime]:
    """What a guest is shown of the next three days."""
    first = local_date(at("2026-06-01 00:00", DUBAI), DUBAI)
    return find_slots(rules, STAFF, (), first=first, last=first + timedelta(days=3), now=now, rules=GUEST_RULES)


@given(
    now=st.integers(0, 4 * 24 * 3600),
    notice=st.sampled_from([0, 15, 61, 1440]),
    horizon=st.integers(0, 3),
)
def test_until_then_the_same_starts_are_found(now: int, notice: int, horizon: int):
    rules = ServiceRules(duration=minutes(30), min_notice=minutes(notice), max_advance_days=horizon)
    begin = at("2026-06-01 00:00", DUBAI) + SECOND * now
    shown = found(rules, begin)
    end = stays_until(rules, DUBAI, shown[0] if shown else None, now=begin)
    last = max(begin, end - SECOND)
    assert end >= begin
    assert found(rules, begin + (last - begin) / 2) == found(rules, last) == shown


def test_the_first_start_goes_when_its_notice_begins():
    rules = ServiceRules(duration=minutes(30), min_notice=minutes(60))
    start = at("2026-06-01 10:00")
    assert stays_until(rules, "UTC", start, now=at("2026-06-01 08:00")) == at("2026-06-01 09:00")


@pytest.mark.parametrize(("zone", "now"), [(DUBAI, "2026-06-01 20:00"), (BERLIN, "2026-10-25 01:00")])
def test_new_starts_come_with_the_next_date_of_the_business(zone: str, now: str):
    rules = ServiceRules(duration=minutes(30))
    end = stays_until(rules, zone, None, now=at(now))
    assert local_date(end, zone) > local_date(at(now), zone) == local_date(end - SECOND, zone)
