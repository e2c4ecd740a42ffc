"""Group sessions among the slots: whoever wants exactly the time of one needs a seat in it, and no time of its own."""

from dataclasses import replace

from scheduling.conflicts import Candidate, Claim, Kind, Session, why_not
from scheduling.intervals import Interval
from scheduling.service_rules import ResourceNeed
from scheduling.slots import find_seats, find_slots

from .make import DUBAI, LONG_AGO, MONDAY, at, hours, minutes, service, staff, unit, uuid, walls

YOGA = service(60, 30, before=10, after=10)
WHEN = {"first": MONDAY, "last": MONDAY, "now": LONG_AGO}


def gives(*sessions: tuple[str, int], minutes_long: float = 60):
    """Somebody who works from nine to twelve and gives sessions, each with so many seats left."""
    given = [
        Session(Interval(start, start + minutes(minutes_long)), uuid(50 + number), left)
        for number, (clock, left) in enumerate(sessions)
        for start in [at(f"{MONDAY} {clock}", DUBAI)]
    ]
    claims = [Claim(one.during.expand(minutes(10), minutes(10)), one.owner_id) for one in given]
    return replace(staff(hours("09:00-12:00")), sessions=given, claims=claims)


def kinds(member, clock: str, **more):
    candidate = Candidate.of(YOGA, at(f"{MONDAY} {clock}", DUBAI))
    return [conflict.kind for conflict in why_not(candidate, service=YOGA, staff=member, now=LONG_AGO, **more)]


def test_a_session_with_seats_left_is_a_slot_among_the_free_ones():
    assert walls(find_slots(YOGA, gives(("09:30", 1)), **WHEN), DUBAI) == ["09:30", "11:00"]


def test_a_full_session_is_no_slot_and_says_so():
    assert walls(find_slots(YOGA, gives(("09:30", 0)), **WHEN), DUBAI) == ["11:00"]
    assert kinds(gives(("09:30", 0)), "09:30") == [Kind.FULL]


def test_a_start_beside_a_session_is_busy_whatever_seats_it_has():
    assert kinds(gives(("09:30", 5)), "10:00") == [Kind.STAFF_BUSY]


def test_a_session_of_another_length_is_not_joined():
    assert kinds(gives(("09:30", 5), minutes_long=90), "09:30") == [Kind.STAFF_BUSY]


def test_who_joins_needs_no_unit_because_the_session_has_them():
    member, needs = gives(("09:30", 5)), replace(YOGA, resource_needs=(ResourceNeed("reformer"),))
    taken = unit(1, [member.claims[0].during])
    found = find_slots(needs, member, [taken], **WHEN)
    assert walls(found, DUBAI) == ["09:30", "11:00"]


def test_hours_hold_for_who_joins_too():
    assert kinds(gives(("08:30", 5)), "08:30") == [Kind.OUTSIDE_HOURS]


def test_a_free_start_has_the_seats_of_a_session_that_would_be_opened_there():
    seats = find_seats(YOGA, [gives(("09:30", 3))], capacity=8, **WHEN)
    assert list(seats.values()) == [3, 8]
    with_another = find_seats(YOGA, [gives(("09:30", 3)), staff(hours("09:00-12:00"))], capacity=8, **WHEN)
    assert set(with_another.values()) == {8}
