"""The demo plan is bookable as it stands."""

from datetime import date, timedelta
from itertools import pairwise

from sundial import demo_plan as plan

MONDAY = date(2026, 11, 23)


def windows(person: int):
    """The buffered windows of one person's visits."""
    for visit in plan.visits(MONDAY):
        if visit.person == person:
            sold = plan.SERVICES[visit.service]
            start = visit.start - timedelta(minutes=sold.before)
            yield start, visit.start + timedelta(minutes=sold.minutes + sold.after)


def test_visits_of_one_person_never_overlap():
    for person in range(len(plan.PEOPLE)):
        taken = list(windows(person))
        assert len(taken) > 20
        assert all(a[1] <= b[0] for a, b in pairwise(taken))


def test_the_same_monday_gives_the_same_plan():
    assert list(plan.visits(MONDAY)) == list(plan.visits(MONDAY))


def test_every_visit_is_offered_by_its_person():
    assert all(visit.person in plan.SERVICES[visit.service].by for visit in plan.visits(MONDAY))


def test_three_weeks_are_filled():
    days = {visit.start.date() for visit in plan.visits(MONDAY)}
    assert min(days) >= MONDAY
    assert max(days) < MONDAY + timedelta(weeks=plan.WEEKS)
    assert len(days) == 21
