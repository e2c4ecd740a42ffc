"""Offers: what availability judges of a wish, and what would be booked."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from availability.queries.time import NOTHING, Catalogue, Person, Service
from availability.use_cases.offer import offer
from contracts.availability import Deposit
from contracts.ids import BusinessId, ServiceId, StaffId, uuid7
from contracts.money import Money
from contracts.offers import Offer, OfferAnswer, OfferRequest
from plumbing.problems import Invalid
from scheduling.conflicts import ResourceUnit, StaffTime
from scheduling.hours import Block, Hours
from scheduling.intervals import Interval
from scheduling.service_rules import ResourceNeed, ServiceRules
from scheduling.time_off import TimeOff

from ..make import MONDAY, at

BUSINESS, SERVICE = BusinessId(uuid7()), ServiceId(uuid7())
AMIRA, BILAL = StaffId(uuid7()), StaffId(uuid7())
PRICE = Money(amount=10_001, currency="AED")
NOW = MONDAY - timedelta(days=3)
NINE = at(5)
"""Nine o'clock in Dubai."""


def person(staff_id: StaffId, name: str, **changed: Any) -> Person:
    """Works on Mondays from nine to twelve, Dubai time."""
    hours = Hours("Asia/Dubai", (Block(1, 9 * 60, 12 * 60),))
    return Person(staff_id, name, replace(StaffTime(staff_id=staff_id, hours=hours), **changed))


def service(*, rules: dict[str, Any] | None = None, **changed: Any) -> Service:
    """An hour with Amira or Bilal."""
    base = Service(
        id=SERVICE,
        name="Pilates",
        rules=replace(ServiceRules(duration=timedelta(minutes=60)), **(rules or {})),
        price=PRICE,
        deposit=Deposit(),
        capacity=1,
        staff_ids=(AMIRA, BILAL),
    )
    return replace(base, **changed)


def catalogue(sold: Service | None = None, *people: Person, units: tuple[ResourceUnit, ...] = ()) -> Catalogue:
    """A business with these; else with the two."""
    staff = people or (person(AMIRA, "Amira"), person(BILAL, "Bilal"))
    return Catalogue("Asia/Dubai", {SERVICE: sold or service()}, {one.id: one for one in staff}, units)


def ask(known: Catalogue, **wish: Any) -> OfferAnswer:
    """What is answered to a wish for nine o'clock."""
    fields: dict[str, Any] = {"business_id": BUSINESS, "service_id": SERVICE, "start": NINE, **wish}
    return offer(known, OfferRequest(**fields), now=NOW)


def offered(known: Catalogue, **wish: Any) -> Offer:
    """The offer, which has to be there."""
    answer = ask(known, **wish)
    assert answer.offer is not None, answer
    return answer.offer


def kinds(answer: OfferAnswer) -> list[tuple[str, StaffId | None]]:
    """What stands in the way, and of whom."""
    assert answer.offer is None
    return [(conflict.kind, conflict.staff_id) for conflict in answer.conflicts]


def test_an_offer_says_what_would_be_booked():
    buffers = {"buffer_before": timedelta(minutes=5), "buffer_after": timedelta(minutes=10)}
    made = offered(catalogue(service(rules=buffers, capacity=3)), staff_id=AMIRA)
    assert (made.start, made.end) == (NINE, at(6))
    assert (made.buffer_before_minutes, made.buffer_after_minutes) == (5, 10)
    assert (made.service_name, made.timezone, made.price, made.deposit, made.capacity) == (
        "Pilates",
        "Asia/Dubai",
        PRICE,
        None,
        3,
    )
    assert [(one.staff_id, one.staff_name) for one in made.candidates] == [(AMIRA, "Amira")]


def test_for_any_staff_everybody_who_could_is_a_candidate():
    assert [one.staff_id for one in offered(catalogue()).candidates] == [AMIRA, BILAL]


def test_who_has_a_conflict_is_no_candidate():
    off = TimeOff([Interval(at(4), at(20))])
    known = catalogue(None, person(AMIRA, "Amira", time_off=off), person(BILAL, "Bilal"))
    assert [one.staff_id for one in offered(known).candidates] == [BILAL]


def test_when_nobody_could_the_conflicts_of_everybody_are_told():
    off = TimeOff([Interval(at(4), at(20))])
    known = catalogue(None, person(AMIRA, "Amira", time_off=off), person(BILAL, "Bilal"))
    assert kinds(ask(known, start=at(9))) == [("outsideHours", AMIRA), ("timeOff", AMIRA), ("outsideHours", BILAL)]


def test_a_given_end_counts_instead_of_the_duration():
    assert offered(catalogue(), end=at(8)).end == at(8)
    assert kinds(ask(catalogue(), staff_id=AMIRA, end=at(8.25))) == [("outsideHours", AMIRA)]


@pytest.mark.parametrize("end", [NINE - timedelta(minutes=1), NINE, NINE + timedelta(hours=48, minutes=1)])
def test_an_end_must_be_after_the_start_and_not_long_after(end: datetime):
    with pytest.raises(Invalid):
        ask(catalogue(), end=end)


@pytest.mark.parametrize(
    ("sold", "people", "expected"),
    [
        (service(rules={"active": False}), [person(AMIRA, "Amira")], [("inactive", AMIRA)]),
        (service(), [person(AMIRA, "Amira", active=False)], [("inactive", AMIRA)]),
        (service(staff_ids=()), [person(AMIRA, "Amira")], [("inactive", AMIRA)]),
    ],
    ids=["service", "staff", "not offered"],
)
def test_nobody_may_pass_by_what_is_inactive(sold: Service, people: list[Person], expected: Any):
    allow = frozenset({"outsideHours", "timeOff"})
    assert kinds(ask(catalogue(sold, *people), staff_id=AMIRA, allow=allow)) == expected


def test_a_service_that_nobody_offers_is_refused_with_a_reason():
    assert kinds(ask(catalogue(service(staff_ids=())))) == [("inactive", None)]


def test_an_owner_may_pass_by_hours_and_time_off():
    off = TimeOff([Interval(at(4), at(20))])
    known = catalogue(None, person(AMIRA, "Amira", time_off=off))
    wish: dict[str, Any] = {"staff_id": AMIRA, "start": at(10)}
    assert kinds(ask(known, **wish)) == [("outsideHours", AMIRA), ("timeOff", AMIRA)]
    assert kinds(ask(known, **wish, allow=frozenset({"timeOff"}))) == [("outsideHours", AMIRA)]
    assert offered(known, **wish, allow=frozenset({"outsideHours", "timeOff"}))


def test_a_guest_may_pass_by_nothing():
    wish: dict[str, Any] = {"staff_id": AMIRA, "start": at(10), "guest": True}
    assert kinds(ask(catalogue(), **wish, allow=frozenset({"outsideHours"}))) == [("outsideHours", AMIRA)]


@pytest.mark.parametrize(
    ("rules", "start", "kind"),
    [
        ({"min_notice": timedelta(days=10)}, NINE, "notice"),
        ({"max_advance_days": 2}, NINE, "horizon"),
        ({"slot_interval": timedelta(minutes=30)}, at(5.25), "offGrid"),
    ],
)
def test_notice_horizon_and_grid_hold_for_guests_only(rules: dict[str, Any], start: Any, kind: str):
    known = catalogue(service(rules=rules))
    assert kinds(ask(known, staff_id=AMIRA, start=start, guest=True)) == [(kind, AMIRA)]
    assert offered(known, staff_id=AMIRA, start=start)


def test_ids_that_name_nothing_are_told():
    assert ask(catalogue(), service_id=ServiceId(uuid7())).unknown == ["serviceId"]
    assert ask(catalogue(), staff_id=StaffId(uuid7())).unknown == ["staffId"]
    assert ask(NOTHING, staff_id=AMIRA).unknown == ["serviceId", "staffId"]


@pytest.mark.parametrize(
    ("deposit", "due"),
    [
        (Deposit(), None),
        (Deposit(kind="fixed", amount=Money(amount=500, currency="AED")), 500),
        (Deposit(kind="percent", percent=50), 5_001),
        (Deposit(kind="full"), 10_001),
    ],
)
def test_the_deposit_is_an_amount(deposit: Deposit, due: int | None):
    made = offered(catalogue(service(deposit=deposit)))
    assert (made.deposit.amount if made.deposit else None) == due


def test_all_active_units_of_the_needed_kinds_may_be_chosen_from():
    needs = {"resource_needs": (ResourceNeed("bed", 2),)}
    units = tuple(ResourceUnit(resource_id=uuid7(), kind=kind) for kind in ("bed", "bed", "bike"))
    retired = ResourceUnit(resource_id=uuid7(), kind="bed", active=False)
    made = offered(catalogue(service(rules=needs), units=(*units, retired)))
    assert [(one.kind, one.quantity, one.resource_ids) for one in made.resources] == [
        ("bed", 2, [units[0].resource_id, units[1].resource_id])
    ]


@pytest.mark.parametrize("year", [1, 1850, 2199, 9999])
def test_where_no_calendar_reaches_nothing_is_offered(year: int):
    start = MONDAY.replace(year=year, month=12, day=31)
    assert kinds(ask(catalogue(), start=start)) == [("outsideHours", None)]
