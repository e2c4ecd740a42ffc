"""The library against the oracle: what is listed may be booked, what is not listed is refused."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.conflicts import (
    ALL_RULES,
    GUEST_RULES,
    OFFER_RULES,
    OWNER_GRID_RULES,
    OWNER_OFFER_RULES,
    Candidate,
    why_not,
)
from scheduling.hours import open_intervals, open_time
from scheduling.intervals import seconds_of
from scheduling.packed_claims import PackedClaims
from scheduling.slots import find_seats, find_slots, find_slots_of_any, search_window
from scheduling.time_off import TimeOff

from .make import minutes, uuid
from .oracle import Oracle, instant_of, minute_of, minutes_in, open_minutes
from .questions import NIGHTS, Asked, claims_near, date_ranges, hours_near, instants_near, intervals_near, questions

DAY = timedelta(days=1)
OWNERS = st.sampled_from([None, uuid(1), uuid(2)])
RULES = st.sampled_from([GUEST_RULES, OWNER_GRID_RULES, OFFER_RULES, OWNER_OFFER_RULES, ALL_RULES[3:]])
thorough = settings(deadline=None, max_examples=120, database=None)
quick = settings(thorough, max_examples=60)


def oracle(asked: Asked, owner=None) -> Oracle:
    around = (asked.first - 2 * DAY, asked.last + 4 * DAY)
    return Oracle(asked.service, asked.staff, asked.resources, now=asked.now, around=around, ignore_owner=owner)


def listed(asked: Asked, rules=GUEST_RULES, owner=None):
    return find_slots(
        asked.service,
        asked.staff,
        asked.resources,
        first=asked.first,
        last=asked.last,
        now=asked.now,
        rules=rules,
        ignore_owner=owner,
    )


def with_staff(asked: Asked, **changes) -> Asked:
    return replace(asked, staff=replace(asked.staff, **changes))


def refusals(asked: Asked, candidate: Candidate, rules=GUEST_RULES):
    more = {"service": asked.service, "staff": asked.staff, "resources": asked.resources, "now": asked.now}
    return why_not(candidate, rules=rules, **more)


@thorough
@given(questions(), RULES, OWNERS)
def test_the_slots_are_exactly_the_grid_starts_that_no_rule_refuses(asked, rules, owner):
    kinds, judge = {rule.kind for rule in rules}, oracle(asked, owner)
    length = asked.service.duration // minutes(1)
    free = [start for start in judge.grid(asked.first, asked.last) if not judge.kinds(start, start + length) & kinds]
    assert listed(asked, rules, owner) == [instant_of(start) for start in free]


@quick
@given(questions(), OWNERS)
def test_every_slot_passes_why_not_and_every_other_grid_start_fails_it(asked, owner):
    found = set(listed(asked, owner=owner))
    for minute in oracle(asked).grid(asked.first, asked.last):
        start = instant_of(minute)
        candidate = Candidate.of(asked.service, start, owner)
        assert (refusals(asked, candidate) == []) == (start in found)


@thorough
@given(questions(), OWNERS, st.data())
def test_why_not_equals_the_oracle_rule_by_rule(asked, owner, data):
    judge, zone = oracle(asked, owner), asked.staff.hours.zone
    for _ in range(5):
        start = data.draw(instants_near(zone, asked.last))
        length = data.draw(st.sampled_from([asked.service.duration, minutes(1), minutes(35)]))
        candidate = Candidate(start, start + length, owner)
        start_is_judged = asked.first - DAY <= start.date() <= asked.last + DAY
        if start_is_judged:
            assert {conflict.kind for conflict in refusals(asked, candidate)} == judge.kinds_of(candidate)


@quick
@given(questions(), OWNERS)
def test_packed_claims_give_the_same_slots(asked, owner):
    rows = [(*(60 * minute_of(at) for at in (c.during.start, c.during.end)), c.owner_id) for c in asked.staff.claims]
    packed = with_staff(asked, claims=PackedClaims(rows))
    assert listed(packed, owner=owner) == listed(asked, owner=owner)
    assert sorted(packed.staff.claims, key=repr) == sorted(asked.staff.claims, key=repr)


@quick
@given(questions(), st.lists(st.tuples(*[st.sampled_from((0, 10, 45))] * 2, st.sampled_from((5, 20, 60))), min_size=6))
def test_claims_that_are_kept_from_search_to_search_give_the_same_slots_as_new_ones(asked, searches):
    rows = [(*seconds_of(claim.during), claim.owner_id) for claim in asked.staff.claims]
    kept = PackedClaims(rows)
    for before, after, interval in searches:
        changed = {"buffer_before": minutes(before), "buffer_after": minutes(after), "slot_interval": minutes(interval)}
        now_asked = replace(asked, service=replace(asked.service, **changed))
        assert listed(with_staff(now_asked, claims=kept)) == listed(with_staff(now_asked, claims=PackedClaims(rows)))
        assert listed(with_staff(now_asked, claims=kept)) == listed(now_asked)


@quick
@given(questions(), st.data())
def test_the_slots_of_any_are_the_union_of_the_slots_of_each(asked, data):
    zone = asked.staff.hours.zone
    hours, claims = data.draw(hours_near(zone, asked.first)), data.draw(claims_near(zone, asked.first))
    other = with_staff(asked, hours=hours, claims=claims)
    when = {"first": asked.first, "last": asked.last, "now": asked.now}
    found = find_slots_of_any(asked.service, [asked.staff, other.staff], asked.resources, **when)
    assert found == sorted({*listed(asked), *listed(other)})


@quick
@given(questions(), st.integers(1, 3))
def test_a_slot_has_the_most_seats_that_anybody_s_session_there_has_left(asked, capacity):
    other = replace(asked.staff, sessions=[], claims=[])
    when = {"first": asked.first, "last": asked.last, "now": asked.now}
    for staff in ([asked.staff], [asked.staff, other]):
        found = find_seats(asked.service, staff, asked.resources, capacity=capacity, **when)
        assert list(found) == find_slots_of_any(asked.service, staff, asked.resources, **when)
        for start, seats in found.items():
            assert seats == max(seats_with(replace(asked, staff=member), start, capacity) for member in staff)


def seats_with(asked: Asked, start, capacity: int) -> int:
    """How many customers could be booked with one staff member."""
    candidate = Candidate.of(asked.service, start)
    if refusals(asked, candidate):
        return 0
    return next((one.seats_left for one in asked.staff.sessions if one.during == candidate.during), capacity)


@quick
@given(questions())
def test_claims_and_time_off_outside_the_search_window_change_nothing(asked):
    window = search_window(asked.service, asked.staff.hours.zone, asked.first, asked.last)
    claims = [claim for claim in asked.staff.claims if claim.during.overlaps(window)]
    time_off = TimeOff(asked.staff.time_off.within(window))
    assert listed(with_staff(asked, claims=claims, time_off=time_off)) == listed(asked)


@thorough
@given(st.sampled_from(NIGHTS), st.data())
def test_open_intervals_equal_the_oracle(night, data):
    hours, (first, last) = data.draw(hours_near(*night)), data.draw(date_ranges(night[1]))
    found = open_intervals(hours, first, last)
    assert {minute for part in found for minute in minutes_in(part)} == open_minutes(hours, first, last)
    assert all(a.end < b.start for a, b in pairwise(found))


@quick
@given(st.sampled_from(NIGHTS), st.data())
def test_open_time_is_the_hours_without_the_time_off(night, data):
    (zone, on), hours = night, data.draw(hours_near(*night))
    off = data.draw(st.lists(intervals_near(zone, on, 2000), max_size=3))
    found = open_time(hours, off, on - DAY, on + DAY)
    away = {minute for part in off for minute in minutes_in(part)}
    assert {m for part in found for m in minutes_in(part)} == open_minutes(hours, on - DAY, on + DAY) - away
