"""A plan takes no time twice, refuses nothing that could be had, and keeps to one staff member where one can do all."""

from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random

import pytest

from appointments.domain import Window
from appointments.use_cases.look import Busy
from appointments.use_cases.series.look import Wish
from appointments.use_cases.series.plan import Plan, plan
from contracts.ids import BookableId, BusinessId, OwnerId, ResourceId, ServiceId, StaffId, uuid7
from contracts.money import Money
from contracts.offers import Candidate, Offer, ResourceChoice
from scheduling.assignment import Load

from ..make import at

STAFF = [StaffId(uuid7()) for _ in range(3)]
UNITS = [ResourceId(uuid7()) for _ in range(3)]
BUSINESS = BusinessId(uuid7())


def a_wish(start: datetime, minutes: int, *, staff: int = 3, quantity: int = 0) -> Wish:
    """Time for one occurrence, with a quarter of an hour after it."""
    offer = Offer(
        business_id=BUSINESS,
        service_id=ServiceId(uuid7()),
        service_name="Cut",
        timezone="Asia/Dubai",
        start=start,
        end=start + timedelta(minutes=minutes),
        buffer_before_minutes=0,
        buffer_after_minutes=15,
        price=Money(amount=1, currency="AED"),
        deposit=None,
        capacity=1,
        candidates=[Candidate(staff_id=one, staff_name="Amira") for one in STAFF[:staff]],
        resources=[ResourceChoice(kind="machine", quantity=quantity, resource_ids=UNITS)] if quantity else [],
    )
    after = timedelta(minutes=15)
    return Wish(Window(BUSINESS, OwnerId(uuid7()), offer.start, offer.end, timedelta(), after), offer)


def loads(wishes: list[Wish], claimed: dict[StaffId, int] | None = None) -> dict[tuple[StaffId, date], Load]:
    """Everybody has so many minutes to do on each day."""
    minutes = claimed or {}
    days = {wish.day for wish in wishes}
    return {(one, day): Load(one, timedelta(minutes=minutes.get(one, 0))) for one in STAFF for day in days}


def some_busy(random: Random, wishes: list[Wish]) -> dict[OwnerId, list[Busy]]:
    """Claims of others in the way of the wishes, as the database would tell of them."""
    claims = [
        Busy(BookableId(random.choice([*STAFF, *UNITS])), OwnerId(uuid7()), start, start + timedelta(hours=3))
        for start in (at(random.randrange(0, 240)) for _ in range(30))
    ]
    return {
        wish.owner: [one for one in claims if one.start < wish.window.upper and wish.window.lower < one.end]
        for wish in wishes
    }


def taken(found: Plan, wishes: list[Wish]) -> list[Busy]:
    """What the plan takes."""
    return [
        Busy(bookable, wish.owner, wish.window.lower, wish.window.upper)
        for wish in wishes
        if wish.owner in found.places
        for bookable in found.places[wish.owner].bookables
    ]


def overlap(a: Busy, b: Busy) -> bool:
    """Whether they take the same bookable at the same time."""
    return a.bookable_id == b.bookable_id and a.start < b.end and b.start < a.end


@pytest.mark.parametrize("seed", range(60))
def test_a_plan_takes_no_time_twice_and_refuses_nothing_that_could_be_had(seed: int):
    random = Random(seed)
    every, minutes, quantity = random.choice((5, 20, 24)), random.choice((60, 600, 1500)), random.choice((0, 1, 2))
    wishes = [a_wish(at(number * every), minutes, quantity=quantity) for number in range(10)]
    busy = some_busy(random, wishes)
    found = plan(wishes, busy, loads(wishes))
    assert found.places.keys() | found.conflicts.keys() == {wish.owner for wish in wishes}
    assert not found.places.keys() & found.conflicts.keys()
    own = taken(found, wishes)
    assert not [pair for pair in combinations(own, 2) if overlap(*pair)]
    for wish in wishes:
        mine = [one for one in own if one.owner_id == wish.owner]
        assert not [one for one in mine for other in busy[wish.owner] if overlap(one, other)]
        if wish.owner in found.conflicts:
            window = wish.window
            earlier = [one for one in own if one.start < window.upper and window.lower < one.end]
            full = {one.bookable_id for one in [*busy[wish.owner], *earlier]}
            assert full.issuperset(STAFF) or len(full.intersection(UNITS)) > len(UNITS) - quantity
            assert found.conflicts[wish.owner]


def test_the_one_with_the_least_to_do_takes_all():
    wishes = [a_wish(at(9, day=day), 60) for day in range(3)]
    found = plan(wishes, {}, loads(wishes, {STAFF[0]: 60, STAFF[1]: 30, STAFF[2]: 90}))
    assert {place.staff.staff_id for place in found.places.values()} == {STAFF[1]}


def test_what_nobody_can_do_keeps_nobody_from_doing_the_rest():
    wishes = [a_wish(at(9, day=day), 60) for day in range(3)]
    window = wishes[1].window
    busy = {wishes[1].owner: [Busy(BookableId(one), OwnerId(uuid7()), window.lower, window.upper) for one in STAFF]}
    found = plan(wishes, busy, loads(wishes))
    assert found.conflicts.keys() == {wishes[1].owner}
    assert len({place.staff.staff_id for place in found.places.values()}) == 1


def test_units_stay_the_same_from_one_to_the_next():
    wishes = [a_wish(at(9, day=day), 60, quantity=1) for day in range(3)]
    window = wishes[0].window
    busy = {wishes[0].owner: [Busy(BookableId(UNITS[0]), OwnerId(uuid7()), window.lower, window.upper)]}
    found = plan(wishes, busy, loads(wishes))
    assert [place.units for place in found.places.values()] == [[UNITS[1]]] * 3


def test_what_stays_is_in_the_way():
    wish = a_wish(at(9), 60, staff=1)
    other = Busy(BookableId(STAFF[0]), OwnerId(uuid7()), at(10), at(12))
    found = plan([wish], {}, {}, staying=[other])
    [conflict] = found.conflicts[wish.owner]
    assert (conflict.start, conflict.appointment_id) == (at(10), None)
    assert plan([wish], {}, {}, staying=[Busy(other.bookable_id, other.owner_id, at(10.25), at(12))]).places
